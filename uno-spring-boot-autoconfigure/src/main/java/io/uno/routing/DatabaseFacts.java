package io.uno.routing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.UtilityElf;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for every connection to a database, asked of its primary once and then
 * known without a connection.
 */
final class DatabaseFacts {

	private final Supplier<DataSource> primary;

	private final Map<Question, Object> answers = new ConcurrentHashMap<>();

	private volatile @Nullable Boolean postgres;

	private volatile @Nullable Boolean autoCommit;

	private volatile @Nullable Integer isolation;

	private volatile @Nullable Boolean serializableByPool;

	DatabaseFacts(Supplier<DataSource> primary) {
		this.primary = primary;
	}

	/**
	 * Whether a method of {@link DatabaseMetaData} tells of the product, and not of what
	 * is stored in it.
	 */
	static boolean isFact(Method method) {
		Class<?> type = method.getReturnType();
		return type == String.class || type == int.class || type == boolean.class || type == long.class;
	}

	@Nullable Object ask(Method method, Object @Nullable [] arguments) throws SQLException {
		Question question = new Question(method, (arguments != null) ? Arrays.asList(arguments) : List.of());
		Object answer = this.answers.get(question);
		if (answer == null) {
			answer = answer(method, arguments);
			if (answer != null) {
				this.answers.put(question, answer);
			}
		}
		return answer;
	}

	private @Nullable Object answer(Method method, Object @Nullable [] arguments) throws SQLException {
		try (Connection connection = this.primary.get().getConnection()) {
			return method.invoke(connection.getMetaData(), arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getTargetException() instanceof SQLException failure) {
				throw failure;
			}
			throw new IllegalStateException("Failed to ask for " + method.getName(), ex.getTargetException());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Failed to ask for " + method.getName(), ex);
		}
	}

	/**
	 * Whether the database is PostgreSQL, told by a connection to it without asking the
	 * server.
	 */
	boolean isPostgres(Connection connection) throws SQLException {
		Boolean known = this.postgres;
		if (known == null) {
			known = "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
			this.postgres = known;
		}
		return known;
	}

	/**
	 * Whether connections begin in autocommit mode, told without a connection where the
	 * pool is Hikari's.
	 */
	boolean autoCommit() throws SQLException {
		Boolean known = this.autoCommit;
		if (known == null) {
			known = findAutoCommit();
			this.autoCommit = known;
		}
		return known;
	}

	private boolean findAutoCommit() throws SQLException {
		DataSource pool = this.primary.get();
		if (pool.isWrapperFor(HikariDataSource.class)) {
			return pool.unwrap(HikariDataSource.class).isAutoCommit();
		}
		try (Connection connection = pool.getConnection()) {
			return connection.getAutoCommit();
		}
	}

	/**
	 * Whether the pool makes every transaction serializable that does not say otherwise.
	 * Another pool than Hikari's can't be asked.
	 */
	boolean isSerializableByPool() throws SQLException {
		Boolean known = this.serializableByPool;
		if (known == null) {
			DataSource pool = this.primary.get();
			known = pool.isWrapperFor(HikariDataSource.class)
					&& UtilityElf.getTransactionIsolation(pool.unwrap(HikariDataSource.class)
						.getTransactionIsolation()) == Connection.TRANSACTION_SERIALIZABLE;
			this.serializableByPool = known;
		}
		return known;
	}

	boolean isDefaultIsolation(int level) {
		Integer known = this.isolation;
		return known != null && known == level;
	}

	int isolation() throws SQLException {
		Integer known = this.isolation;
		if (known == null) {
			try (Connection connection = this.primary.get().getConnection()) {
				return isolation(connection);
			}
		}
		return known;
	}

	/**
	 * The isolation that transactions have where nobody says otherwise, told by a
	 * connection that is there.
	 */
	int isolation(Connection connection) throws SQLException {
		Integer known = this.isolation;
		if (known == null) {
			known = connection.getTransactionIsolation();
			this.isolation = known;
		}
		return known;
	}

	private record Question(Method method, List<Object> arguments) {

	}

}
