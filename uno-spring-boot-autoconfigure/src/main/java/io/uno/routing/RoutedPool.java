package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Node;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * The pool of a node, and how its connections are when they are handed out. Safe for use
 * by many threads.
 */
final class RoutedPool {

	private final SingletonSupplier<DataSource> dataSource;

	private final SingletonSupplier<Defaults> defaults;

	/**
	 * Create a pool that is looked for when its first connection is opened: a replica's
	 * is made from the primary's.
	 */
	RoutedPool(Node node, Function<Node, DataSource> pools) {
		this.dataSource = SingletonSupplier.of(() -> pools.apply(node));
		this.defaults = SingletonSupplier.of(() -> Defaults.of(this.dataSource.obtain()));
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
	 * What is known of every connection.
	 *
	 * @param autoCommit whether it commits by itself, {@code null} if it has to be asked
	 * @param readOnly whether it is read-only, {@code null} if it has to be asked
	 */
	private record Defaults(@Nullable Boolean autoCommit, @Nullable Boolean readOnly) {

		static Defaults of(DataSource pool) {
			try {
				if (!pool.isWrapperFor(HikariDataSource.class)) {
					return new Defaults(null, null);
				}
				HikariDataSource hikari = pool.unwrap(HikariDataSource.class);
				return new Defaults(hikari.isAutoCommit(), hikari.isReadOnly());
			}
			catch (SQLException ex) {
				throw new IllegalStateException("Failed to look into the pool " + pool, ex);
			}
		}

	}

}
