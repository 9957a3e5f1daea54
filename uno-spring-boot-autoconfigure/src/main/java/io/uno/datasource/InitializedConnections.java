package io.uno.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Opens the connections of a pool, each prepared by all {@link ConnectionInitializer}s.
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class InitializedConnections extends AbstractDataSource {

	private final HikariDataSource pool;

	private final List<ConnectionInitializer> initializers;

	/**
	 * Where the pool had its connections from, {@code null} for the driver.
	 */
	private final @Nullable DataSource configured;

	private final SingletonSupplier<DataSource> source;

	private InitializedConnections(HikariDataSource pool, List<ConnectionInitializer> initializers) {
		this.pool = pool;
		this.initializers = List.copyOf(initializers);
		this.configured = pool.getDataSource();
		this.source = SingletonSupplier.of((Supplier<DataSource>) this::open);
	}

	/**
	 * Has the connections of a pool be prepared.
	 * @param pool a pool that has not been started yet
	 * @param initializers prepare its connections, in this order
	 * @throws IllegalStateException if the pool has been started, or has its connections
	 * from JNDI
	 */
	public static void prepareIn(HikariDataSource pool, List<ConnectionInitializer> initializers) {
		if (initializers.isEmpty() || pool.getDataSource() instanceof InitializedConnections) {
			return;
		}
		Assert.state(!pool.isRunning(),
				() -> "Pool '%s' has been started before its connections could be prepared; have whatever uses it wait until the beans of type ConnectionInitializer are there"
					.formatted(pool.getPoolName()));
		Assert.state(pool.getDataSource() != null || pool.getDataSourceJNDI() == null,
				() -> "Connections of '%s' come from JNDI, where no ConnectionInitializer can prepare them; prepare them there, or give the pool a url"
					.formatted(pool.getDataSourceJNDI()));
		pool.setDataSource(new InitializedConnections(pool, initializers));
	}

	/**
	 * Has what was copied from a pool open its connections itself, by its own settings.
	 */
	static void forgetIn(HikariConfig copy) {
		if (copy.getDataSource() instanceof InitializedConnections initialized) {
			copy.setDataSource(initialized.configured);
		}
	}

	/**
	 * As Hikari does.
	 */
	private DataSource open() {
		if (this.configured != null) {
			return this.configured;
		}
		String type = this.pool.getDataSourceClassName();
		if (type == null) {
			return new DriverDataSource(this.pool.getJdbcUrl(), this.pool.getDriverClassName(),
					this.pool.getDataSourceProperties(), this.pool.getUsername(), this.pool.getPassword());
		}
		DataSource created = UtilityElf.createInstance(type, DataSource.class);
		PropertyElf.setTargetFromProperties(created, this.pool.getDataSourceProperties());
		return created;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return initialized(this.source.obtain().getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return initialized(this.source.obtain().getConnection(username, password));
	}

	private Connection initialized(Connection connection) throws SQLException {
		try {
			for (ConnectionInitializer initializer : this.initializers) {
				initializer.initialize(connection, this.pool.getPoolName());
			}
			return connection;
		}
		catch (Throwable ex) {
			try {
				connection.close();
			}
			catch (SQLException closing) {
				ex.addSuppressed(closing);
			}
			throw ex;
		}
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		this.source.obtain().setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return this.source.obtain().getLoginTimeout();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(this) ? type.cast(this) : this.source.obtain().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || this.source.obtain().isWrapperFor(type);
	}

}
