package io.uno.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.sql.DataSource;

import com.baomidou.dynamic.datasource.DynamicRoutingDataSource;
import com.baomidou.dynamic.datasource.toolkit.DynamicDataSourceContextHolder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.routing.RoutingTemplate;
import org.apache.shardingsphere.driver.api.ShardingSphereDataSourceFactory;
import org.apache.shardingsphere.driver.jdbc.core.datasource.ShardingSphereDataSource;
import org.apache.shardingsphere.infra.algorithm.core.config.AlgorithmConfiguration;
import org.apache.shardingsphere.readwritesplitting.config.ReadwriteSplittingRuleConfiguration;
import org.apache.shardingsphere.readwritesplitting.config.rule.ReadwriteSplittingDataSourceGroupRuleConfiguration;
import org.apache.shardingsphere.readwritesplitting.transaction.TransactionalReadQueryStrategy;
import software.amazon.jdbc.ds.AwsWrapperDataSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The ways to read from a replica, each set up as its documentation says for a primary
 * and one replica.
 *
 * @param servers where they connect to
 */
record ReadPeers(ReplicatedServers servers) {

	private static final String WRITER = "writer";

	private static final String READER = "reader";

	private static final String TURNS = "turns";

	/**
	 * Nothing is chosen: the pool of the replica alone.
	 */
	ReadPath hikari() {
		HikariDataSource replica = this.servers.replicaPool();
		return ReadPath.of(replica, replica);
	}

	/**
	 * The lazy proxy asks its target when the transaction is known.
	 */
	ReadPath spring() {
		HikariDataSource primary = this.servers.primaryPool();
		HikariDataSource replica = this.servers.replicaPool();
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
			@Override
			protected Object determineCurrentLookupKey() {
				return TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? READER : WRITER;
			}
		};
		routing.setTargetDataSources(Map.of(WRITER, primary, READER, replica));
		routing.afterPropertiesSet();
		return ReadPath.of(new LazyConnectionDataSourceProxy(routing), primary, replica);
	}

	/**
	 * Goes by a name, which its annotation or the caller pushes before the transaction
	 * begins. The caller does so here, which spares it an interceptor.
	 */
	ReadPath dynamicDataSource() {
		HikariDataSource primary = this.servers.primaryPool();
		HikariDataSource replica = this.servers.replicaPool();
		// the name before the underscore is that of a group
		DynamicRoutingDataSource routing = new DynamicRoutingDataSource(
				List.of(() -> Map.of(WRITER, primary, READER + "_1", replica)));
		routing.setPrimary(WRITER);
		routing.setStrict(true);
		routing.afterPropertiesSet();
		return new ReadPath(routing, new Pushing(READER, ReadPath.readOnly(routing)), List.of(routing::destroy));
	}

	/**
	 * Behind HikariCP. It keeps a connection to either server for each of HikariCP's, and
	 * changes over when the connection is made read-only.
	 */
	ReadPath aws() {
		Properties properties = new Properties();
		properties.setProperty("wrapperPlugins", "srw");
		properties.setProperty("srwWriteEndpoint", ReplicatedServers.hostAndPort(this.servers.primary()));
		properties.setProperty("srwReadEndpoint", ReplicatedServers.hostAndPort(this.servers.replica()));
		// it can ask servers of Amazon's alone
		properties.setProperty("verifyNewSrwConnections", "false");
		AwsWrapperDataSource wrapper = new AwsWrapperDataSource();
		wrapper.setJdbcUrl(this.servers.primary().replaceFirst("^jdbc:", "jdbc:aws-wrapper:"));
		wrapper.setUser(this.servers.username());
		wrapper.setTargetDataSourceProperties(properties);
		HikariConfig config = new HikariConfig();
		config.setDataSource(wrapper);
		config.setMaximumPoolSize(ReplicatedServers.POOL_SIZE);
		HikariDataSource pool = new HikariDataSource(config);
		return ReadPath.of(pool, pool);
	}

	/**
	 * Goes by the statement: it borrows a connection only for one that is executed.
	 */
	ReadPath shardingSphere() throws SQLException {
		HikariDataSource primary = this.servers.primaryPool();
		HikariDataSource replica = this.servers.replicaPool();
		ReadwriteSplittingRuleConfiguration rule = new ReadwriteSplittingRuleConfiguration(
				List.of(new ReadwriteSplittingDataSourceGroupRuleConfiguration("group", WRITER, List.of(READER),
						TransactionalReadQueryStrategy.FIXED, TURNS)),
				Map.of(TURNS, new AlgorithmConfiguration("ROUND_ROBIN", new Properties())));
		DataSource dataSource = ShardingSphereDataSourceFactory.createDataSource("bench",
				Map.of(WRITER, primary, READER, replica), List.of(rule), new Properties());
		return ReadPath.of(dataSource, () -> close(dataSource), primary, replica);
	}

	private static void close(DataSource dataSource) throws IOException {
		try {
			((ShardingSphereDataSource) dataSource).close();
		}
		catch (SQLException ex) {
			throw new IOException("ShardingSphere-JDBC can't be closed", ex);
		}
	}

	/**
	 * As Spring Boot configures it, so that nothing that belongs to it is left out.
	 */
	ReadPath uno() {
		ConfigurableApplicationContext context = RoutedApplication.start(this.servers);
		return ReadPath.of(context.getBean(DataSource.class), context);
	}

	/**
	 * The same after a write. Its position stays pending, as a second replica never has
	 * it: it is refused for being none.
	 */
	ReadPath unoWithPendingPosition() {
		ConfigurableApplicationContext context = RoutedApplication.start(this.servers,
				"--uno.replicas.west.url=" + this.servers.primary());
		DataSource dataSource = context.getBean(DataSource.class);
		new JdbcTemplate(dataSource).queryForObject("select pg_current_xact_id()::text", String.class);
		return ReadPath.of(dataSource, () -> requirePending(context.getBean(RoutingTemplate.class)), context);
	}

	private static void requirePending(RoutingTemplate routing) {
		if (routing.position().isEmpty()) {
			throw new IllegalStateException("No position is pending; that was not measured");
		}
	}

	/**
	 * Transactions that begin after a name has been pushed.
	 *
	 * @param name the name
	 * @param transactions the transactions
	 */
	private record Pushing(String name, TransactionOperations transactions) implements TransactionOperations {

		@Override
		public <T> T execute(TransactionCallback<T> action) throws TransactionException {
			DynamicDataSourceContextHolder.push(this.name);
			try {
				return this.transactions.execute(action);
			}
			finally {
				DynamicDataSourceContextHolder.poll();
			}
		}

	}

}
