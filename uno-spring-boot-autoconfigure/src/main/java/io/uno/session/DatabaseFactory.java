package io.uno.session;

import java.util.function.Function;

import javax.sql.DataSource;

import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeState;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Hands out, by the name of a database, what works on it. An application with one
 * database knows it as {@code default}, unless it is declared by another name.
 *
 * <pre class="code">
 * JdbcClient journal = factory.jdbcClient("journal");
 *
 * for (Node node : factory.databases().get("atlas").nodes()) {
 *     log.info("{} is a {}", node, factory.stateOf(node).duty());
 * }
 * </pre>
 *
 * What it hands out is what {@code @Qualifier("journal")} has injected. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public interface DatabaseFactory {

	/**
	 * Creates a factory.
	 * @param databases all databases
	 * @param states tells the state of a node
	 * @param beans finds what works on a database
	 * @return the factory
	 */
	static DatabaseFactory create(Databases databases, Function<Node, NodeState> states, DatabaseBeans beans) {
		return new DefaultDatabaseFactory(databases, states, beans);
	}

	/**
	 * All databases and their nodes.
	 * @return the databases, never empty
	 */
	Databases databases();

	/**
	 * Tells what is known of a node. Replicas are asked at an interval, their last answer
	 * is given; a primary is asked at the call, which can wait for a connection as long
	 * as its pool does.
	 * @param node a node of one of the databases
	 * @return whether it can be reached, and what it does at present
	 * @throws io.uno.datasource.UnknownDatabaseException if its database is none of these
	 * @throws IllegalArgumentException if its database has no such node
	 */
	NodeState stateOf(Node node);

	/**
	 * Returns a data source whose connections work on a database: those of the running
	 * transaction, or else of their own.
	 * @param database name of the database
	 * @return the data source; asked for a connection inside a transaction that works on
	 * another database, it throws {@link io.uno.routing.RouteConflictException
	 * RouteConflictException}
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	DataSource dataSource(String database);

	/**
	 * Returns a client for plain SQL on a database, which joins the running transaction.
	 * @param database name of the database
	 * @return the client
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	JdbcClient jdbcClient(String database);

	/**
	 * Returns a template that runs work in sessions on a database.
	 * @param database name of the database
	 * @return the template
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 * @throws IllegalStateException if the application has no session template
	 */
	SessionTemplate sessions(String database);

	/**
	 * Returns a template that runs work in sessions on a database, on threads of its own.
	 * @param database name of the database
	 * @return the template
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 * @throws IllegalStateException if the application has no session template
	 */
	AsyncSessionTemplate asyncSessions(String database);

	/**
	 * Returns a template that runs work on plain connections to a database.
	 * @param database name of the database
	 * @return the template
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	ConnectionTemplate connections(String database);

	/**
	 * Returns the transaction manager by which {@code @Transactional("journal")} works on
	 * the database of this name.
	 * @param database name of the database
	 * @return the transaction manager
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	PlatformTransactionManager transactionManager(String database);

	/**
	 * Where a factory finds what it hands out.
	 */
	@FunctionalInterface
	interface DatabaseBeans {

		/**
		 * Finds what works on a database.
		 * @param <T> type of what is looked for
		 * @param database name of a database that exists
		 * @param type type of what is looked for
		 * @return what works on the database
		 * @throws IllegalStateException if the application has nothing of this type
		 */
		<T> T find(String database, Class<T> type);

	}

}
