package io.uno.session;

import java.util.List;
import java.util.function.Function;

import javax.sql.DataSource;

import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeState;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.Assert;

/**
 * The factory over an application's beans.
 */
final class DefaultDatabaseFactory implements DatabaseFactory {

	private final Databases databases;

	private final Function<Node, NodeState> states;

	private final DatabaseBeans beans;

	DefaultDatabaseFactory(Databases databases, Function<Node, NodeState> states, DatabaseBeans beans) {
		this.databases = databases;
		this.states = states;
		this.beans = beans;
	}

	@Override
	public Databases databases() {
		return this.databases;
	}

	@Override
	public NodeState stateOf(Node node) {
		List<Node> known = this.databases.get(node.database()).nodes();
		Assert.isTrue(known.contains(node), () -> "No node of database '%s' is called '%s'; known: %s"
			.formatted(node.database(), node.name(), String.join(", ", known.stream().map(Node::name).toList())));
		return this.states.apply(node);
	}

	@Override
	public DataSource dataSource(String database) {
		return find(database, DataSource.class);
	}

	@Override
	public JdbcClient jdbcClient(String database) {
		return find(database, JdbcClient.class);
	}

	@Override
	public SessionTemplate sessions(String database) {
		return find(database, SessionTemplate.class);
	}

	@Override
	public AsyncSessionTemplate asyncSessions(String database) {
		return find(database, AsyncSessionTemplate.class);
	}

	@Override
	public ConnectionTemplate connections(String database) {
		return find(database, ConnectionTemplate.class);
	}

	@Override
	public PlatformTransactionManager transactionManager(String database) {
		return find(database, PlatformTransactionManager.class);
	}

	private <T> T find(String database, Class<T> type) {
		return this.beans.find(this.databases.get(database).name(), type);
	}

	@Override
	public String toString() {
		return "DatabaseFactory of " + this.databases;
	}

}
