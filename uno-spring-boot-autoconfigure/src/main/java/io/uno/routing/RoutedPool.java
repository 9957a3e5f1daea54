package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Node;
import io.uno.datasource.NodeFailures;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * The pool of a node, how its connections are when they are handed out, and every route
 * that leads there, so that choosing one makes no garbage. Safe for use by many threads.
 */
final class RoutedPool {

	/**
	 * The figure of failures where nobody counts them.
	 */
	static final int UNKNOWN = -1;

	private static final int REASONS = RouteReason.values().length;

	private final Node node;

	private final Route[] routes;

	private final SingletonSupplier<DataSource> dataSource;

	private final SingletonSupplier<Defaults> defaults;

	/**
	 * Create a pool that is looked for when its first connection is opened: a replica's
	 * is made from the primary's.
	 */
	RoutedPool(Node node, Function<Node, DataSource> pools) {
		this.node = node;
		this.routes = routes(node);
		this.dataSource = SingletonSupplier.of(() -> pools.apply(node));
		this.defaults = SingletonSupplier.of(() -> Defaults.of(this.dataSource.obtain()));
	}

	private static Route[] routes(Node node) {
		Route[] routes = new Route[REASONS * DatabaseReason.values().length];
		for (DatabaseReason databaseReason : DatabaseReason.values()) {
			for (RouteReason reason : RouteReason.values()) {
				Access access = (reason == RouteReason.WRITE) ? Access.WRITE : Access.READ;
				routes[index(reason, databaseReason)] = new Route(node, access, reason, databaseReason);
			}
		}
		return routes;
	}

	private static int index(RouteReason reason, DatabaseReason databaseReason) {
		return databaseReason.ordinal() * REASONS + reason.ordinal();
	}

	Node node() {
		return this.node;
	}

	/**
	 * The route to the node for these reasons.
	 */
	Route route(RouteReason reason, DatabaseReason databaseReason) {
		return this.routes[index(reason, databaseReason)];
	}

	DataSource dataSource() {
		return this.dataSource.obtain();
	}

	Connection getConnection() throws SQLException {
		return dataSource().getConnection();
	}

	/**
	 * Whether a connection that was just handed out is in autocommit mode. Hikari sees to
	 * it, so that the driver need not be asked for each.
	 */
	boolean isAutoCommit(Connection connection) throws SQLException {
		Boolean known = this.defaults.obtain().autoCommit();
		return (known != null) ? known : connection.getAutoCommit();
	}

	/**
	 * Whether a connection that was just handed out is read-only.
	 */
	boolean isReadOnly(Connection connection) throws SQLException {
		Boolean known = this.defaults.obtain().readOnly();
		return (known != null) ? known : connection.isReadOnly();
	}

	/**
	 * A figure that is another one after each failure on any connection, or
	 * {@link #UNKNOWN}.
	 */
	int failures() {
		NodeFailures failures = this.defaults.obtain().failures();
		return (failures != null) ? failures.count() : UNKNOWN;
	}

	/**
	 * What is known of every connection.
	 *
	 * @param autoCommit whether it commits by itself, {@code null} if it has to be asked
	 * @param readOnly whether it is read-only, {@code null} if it has to be asked
	 * @param failures counts failures on all of them, {@code null} if nobody does
	 */
	private record Defaults(@Nullable Boolean autoCommit, @Nullable Boolean readOnly, @Nullable NodeFailures failures) {

		static Defaults of(DataSource pool) {
			try {
				if (!pool.isWrapperFor(HikariDataSource.class)) {
					return new Defaults(null, null, null);
				}
				HikariDataSource hikari = pool.unwrap(HikariDataSource.class);
				return new Defaults(hikari.isAutoCommit(), hikari.isReadOnly(),
						(hikari.getExceptionOverride() instanceof NodeFailures failures) ? failures : null);
			}
			catch (SQLException ex) {
				throw new IllegalStateException("Failed to look into the pool " + pool, ex);
			}
		}

	}

}
