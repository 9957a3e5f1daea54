package io.uno.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * Asks one node what it does, over a connection of its own, so that a busy pool is not
 * taken for a lost node.
 */
final class NodeProbe implements AutoCloseable {

	private final HikariDataSource connections;

	private final Duration timeout;

	NodeProbe(Node node, HikariDataSource pool, Duration timeout) {
		this.timeout = timeout;
		this.connections = new HikariDataSource(probeConfig(node, pool, timeout));
	}

	private static HikariConfig probeConfig(Node node, HikariDataSource pool, Duration timeout) {
		HikariConfig config = PoolSettings.copyOf(pool);
		config.setPoolName(node.id() + ".probe");
		config.setMinimumIdle(0);
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(timeout.toMillis());
		config.setValidationTimeout(timeout.toMillis());
		config.setInitializationFailTimeout(-1);
		config.setRegisterMbeans(false);
		return config;
	}

	Duty ask() throws SQLException {
		try (Connection connection = this.connections.getConnection()) {
			connection.setNetworkTimeout(Runnable::run, Math.toIntExact(this.timeout.toMillis()));
			return Duty.of(connection);
		}
	}

	@Override
	public void close() {
		this.connections.close();
	}

}
