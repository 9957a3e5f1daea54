package io.uno.routing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

import io.uno.datasource.NodeMonitor;
import io.uno.datasource.Position;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

import org.springframework.util.ClassUtils;

/**
 * Commits on a primary that has replicas, and takes note of the position. The position is
 * asked for by a statement of its own after the commit, as a commit that fails must be
 * told as such, and only where anything was written, which PostgreSQL tells in the round
 * trip of the commit.
 */
final class WriteCommit {

	private static final Log logger = LogFactory.getLog(WriteCommit.class);

	private static final boolean DRIVER_PRESENT = ClassUtils.isPresent("org.postgresql.core.BaseConnection",
			WriteCommit.class.getClassLoader());

	private final DatabaseClaims claims;

	private final NodeMonitor monitor;

	private final List<RouteListener> listeners;

	WriteCommit(DatabaseClaims claims, NodeMonitor monitor, List<RouteListener> listeners) {
		this.claims = claims;
		this.monitor = monitor;
		this.listeners = listeners;
	}

	/**
	 * Commits what has been sent over a connection.
	 * @param begun whether anything may have been sent that the driver took no part in
	 */
	void commit(Connection connection, Route route, boolean begun) throws SQLException {
		BaseConnection driver = driver(connection);
		TransactionState state = (driver != null) ? driver.getTransactionState() : null;
		Wrote wrote = (state == TransactionState.OPEN) ? commit(Objects.requireNonNull(driver))
				: begun ? Wrote.FLUSHED : Wrote.NOTHING;
		// where that has been done already, pools and observers are told nevertheless
		connection.commit();
		if (state == TransactionState.FAILED) {
			return;
		}
		if (wrote != Wrote.NOTHING) {
			written((driver != null) ? driver : connection, route, wrote == Wrote.FLUSHED);
		}
		else if (state == TransactionState.OPEN) {
			this.listeners.forEach((listener) -> listener.undeclaredRead(route));
		}
	}

	private static @Nullable BaseConnection driver(Connection connection) throws SQLException {
		return (DRIVER_PRESENT && connection.isWrapperFor(BaseConnection.class))
				? connection.unwrap(BaseConnection.class) : null;
	}

	/**
	 * Past what observes the connection: it counts the statements of the application. A
	 * transaction may have set for itself alone that it does not wait.
	 */
	private static Wrote commit(BaseConnection driver) throws SQLException {
		try (Statement statement = driver.createStatement()) {
			statement.execute("""
					select txid_current_if_assigned() is not null, current_setting('synchronous_commit') <> 'off';
					commit""");
			try (ResultSet answer = statement.getResultSet()) {
				answer.next();
				if (!answer.getBoolean(1)) {
					return Wrote.NOTHING;
				}
				return answer.getBoolean(2) ? Wrote.FLUSHED : Wrote.UNFLUSHED;
			}
		}
	}

	/**
	 * Takes note of the position after a single statement has committed by itself.
	 */
	void written(Connection connection, Route route) {
		written(connection, route, true);
	}

	/**
	 * Takes note of the position after a commit, which stands, whatever goes wrong here.
	 */
	private void written(Connection connection, Route route, boolean flushed) {
		Position position;
		try {
			position = position(connection, route.database(), flushed);
		}
		catch (SQLException ex) {
			logger.warn("Failed to ask %s for its position after a commit; it is asked again by the next read"
				.formatted(route.node()), ex);
			position = Position.ofTime(route.database(), System.currentTimeMillis());
		}
		try {
			this.claims.positions().wrote(this.claims.scope(), position);
		}
		catch (RuntimeException ex) {
			logger.error("Failed to keep position %s of a write; reads of its caller may not see it from replicas"
				.formatted(position), ex);
		}
	}

	private Position position(Connection connection, String database, boolean flushed) throws SQLException {
		if (connection.getAutoCommit()) {
			return this.monitor.written(database, connection, flushed);
		}
		// a transaction of its own would have to be ended by another round trip
		connection.setAutoCommit(true);
		try {
			return this.monitor.written(database, connection, flushed);
		}
		finally {
			connection.setAutoCommit(false);
		}
	}

	/**
	 * What a transaction has written.
	 */
	private enum Wrote {

		/** Nothing. */
		NOTHING,

		/** Something, whose log was on disk when the commit returned. */
		FLUSHED,

		/** Something, whose log may not be on disk yet. */
		UNFLUSHED

	}

}
