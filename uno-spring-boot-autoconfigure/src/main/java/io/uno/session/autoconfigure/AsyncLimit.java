package io.uno.session.autoconfigure;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Databases;
import io.uno.routing.RoutingDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * How many connections there are for work on a database.
 *
 * @param pool name of the pool
 * @param connections how many it has at most
 */
record AsyncLimit(String pool, int connections) {

	private static final boolean HIKARI_PRESENT = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", null);

	/**
	 * As many as a pool of HikariCP has where nobody says otherwise.
	 */
	private static final int UNKNOWN = 10;

	/**
	 * Those of the databases' own nodes, to which anything may be sent.
	 */
	static Function<@Nullable String, AsyncLimit> ofDatabases(Databases databases, Supplier<DataSource> dataSource) {
		Map<String, AsyncLimit> known = new ConcurrentHashMap<>();
		return (name) -> {
			String database = (name != null) ? name : databases.getDefault().name();
			return known.computeIfAbsent(database, (wanted) -> of(databases, wanted, dataSource.get()));
		};
	}

	private static AsyncLimit of(Databases databases, String database, DataSource dataSource) {
		String node = databases.get(database).main().id();
		try {
			if (!dataSource.isWrapperFor(RoutingDataSource.class)) {
				return of(node, dataSource);
			}
			DataSource pool = dataSource.unwrap(RoutingDataSource.class).getResolvedDataSources().get(node);
			return (pool != null) ? of(node, pool) : new AsyncLimit(node, UNKNOWN);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look for the pool of %s".formatted(node), ex);
		}
	}

	/**
	 * That of the only pool that there is.
	 */
	static Function<@Nullable String, AsyncLimit> ofPool(Supplier<@Nullable DataSource> dataSource) {
		SingletonSupplier<AsyncLimit> limit = SingletonSupplier.of(() -> {
			DataSource pool = dataSource.get();
			return (pool != null) ? of("dataSource", pool) : new AsyncLimit("dataSource", UNKNOWN);
		});
		return (name) -> limit.obtain();
	}

	private static AsyncLimit of(String name, DataSource pool) {
		return new AsyncLimit(name, HIKARI_PRESENT ? Hikari.size(pool) : UNKNOWN);
	}

	/**
	 * Loaded only where HikariCP is there.
	 */
	private static final class Hikari {

		static int size(DataSource pool) {
			try {
				return pool.isWrapperFor(HikariDataSource.class)
						? pool.unwrap(HikariDataSource.class).getMaximumPoolSize() : UNKNOWN;
			}
			catch (SQLException ex) {
				throw new IllegalStateException("Failed to ask for the size of the pool " + pool, ex);
			}
		}

	}

}
