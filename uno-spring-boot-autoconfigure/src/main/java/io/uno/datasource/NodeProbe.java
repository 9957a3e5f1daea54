package io.uno.datasource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks one node about itself, over a connection of its own, so that a busy pool is not
 * taken for a lost node. Used by one thread at a time.
 */
final class NodeProbe implements AutoCloseable {

	/**
	 * How long it may take to connect, which happens once.
	 */
	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

	private final DataSource connections;

	private final Duration timeout;

	private @Nullable Connection connection;

	NodeProbe(Node node, DataSource pool, Duration timeout) throws SQLException {
		this.timeout = timeout;
		this.connections = pool.isWrapperFor(HikariDataSource.class)
				? open(probeConfig(node, pool.unwrap(HikariDataSource.class))) : pool;
	}

	/**
	 * Hikari makes its timeout that of the driver manager, which drivers obey in every
	 * pool of this JVM: none but this one is to have the short one.
	 */
	private static HikariDataSource open(HikariConfig config) {
		int loginTimeout = DriverManager.getLoginTimeout();
		try {
			return new HikariDataSource(config);
		}
		finally {
			DriverManager.setLoginTimeout(loginTimeout);
		}
	}

	private static HikariConfig probeConfig(Node node, HikariDataSource pool) {
		HikariConfig config = PoolSettings.copyOf(pool);
		config.setPoolName(node.id() + ".probe");
		config.setMinimumIdle(0);
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
		config.setValidationTimeout(CONNECT_TIMEOUT.toMillis());
		config.setInitializationFailTimeout(-1);
		config.setLeakDetectionThreshold(0);
		config.setRegisterMbeans(false);
		return config;
	}

	NodeReport ask(PositionSources sources) throws SQLException {
		Connection asked = this.connection;
		// the first question waits for what a server does once for each connection
		Duration limit = (asked != null) ? this.timeout : CONNECT_TIMEOUT;
		if (asked == null) {
			asked = this.connections.getConnection();
			this.connection = asked;
		}
		try {
			return ask(driverConnection(asked), limit, sources);
		}
		catch (SQLException | RuntimeException ex) {
			disconnect(ex);
			throw ex;
		}
	}

	private static NodeReport ask(Connection asked, Duration limit, PositionSources sources) throws SQLException {
		if (!asked.getAutoCommit()) {
			asked.setAutoCommit(true);
		}
		asked.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, limit.toMillis()));
		return sources.report(asked);
	}

	/**
	 * Past the pool, which has a stack trace for each connection that does not answer,
	 * and past observers, which count the statements of the application.
	 */
	static Connection driverConnection(Connection pooled) throws SQLException {
		return pooled.isWrapperFor(Connection.class) ? pooled.unwrap(Connection.class) : pooled;
	}

	/**
	 * The next question opens another connection.
	 */
	private void disconnect(Exception failure) {
		try (Connection closed = this.connection) {
			this.connection = null;
			if (closed != null && this.connections instanceof HikariDataSource pool) {
				pool.evictConnection(closed);
			}
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * To be called when no question is under way. A connection that is still in use when
	 * its pool is closed would be left to the driver's abort, which not every driver has.
	 */
	@Override
	public void close() throws SQLException {
		try {
			if (this.connection != null) {
				this.connection.close();
				this.connection = null;
			}
		}
		finally {
			if (this.connections instanceof HikariDataSource pool) {
				pool.close();
			}
		}
	}

}
