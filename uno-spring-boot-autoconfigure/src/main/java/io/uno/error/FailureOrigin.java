package io.uno.error;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;

import io.uno.error.DatabaseError.PoolUsage;
import org.jspecify.annotations.Nullable;

/**
 * Where a failure comes from, kept in the driver's exception itself as a suppressed one:
 * whatever wraps that later, and on whatever thread it is looked at, the node is known,
 * and a stack trace names it. For those who work with connections of nodes.
 * <p>
 * Used by the thread that the failure happens on.
 *
 * @since 0.1.0
 */
public final class FailureOrigin extends Exception {

	private static final long serialVersionUID = 1L;

	private static final int DEPTH = 10;

	private @Nullable String database;

	private @Nullable String node;

	private @Nullable PoolUsage pool;

	private transient @Nullable String statement;

	private transient @Nullable Throwable wrapper;

	private FailureOrigin() {
		super(null, null, false, false);
	}

	/**
	 * Notes where a failure happened, unless that is known already.
	 * @param failure the failure
	 * @param database name of the database
	 * @param node id of the node
	 */
	public static void place(SQLException failure, String database, String node) {
		FailureOrigin origin = noted(failure);
		if (origin.node == null) {
			origin.database = database;
			origin.node = node;
		}
	}

	/**
	 * Notes how a pool was used when it had no connection to give.
	 * @param failure the failure
	 * @param pool how the pool was used
	 */
	public static void pool(SQLException failure, PoolUsage pool) {
		noted(failure).pool = pool;
	}

	/**
	 * Notes the statement that failed, unless it is known already.
	 * @param failure the failure
	 * @param sql the statement
	 */
	public static void statement(SQLException failure, String sql) {
		FailureOrigin origin = noted(failure);
		if (origin.statement == null) {
			origin.statement = sql;
		}
	}

	/**
	 * Notes what the failure was wrapped into, so that it stays the cause of what it is
	 * translated into.
	 * @param failure the failure
	 * @param wrapper what has the failure as its cause
	 */
	public static void wrapper(SQLException failure, Throwable wrapper) {
		noted(failure).wrapper = wrapper;
	}

	/**
	 * Returns the statement that failed.
	 * @param failure the failure
	 * @return the statement, {@code null} where nobody has noted it
	 */
	public static @Nullable String statementOf(SQLException failure) {
		return of(failure).statement;
	}

	private static FailureOrigin noted(SQLException failure) {
		FailureOrigin origin = in(failure);
		if (origin == null) {
			origin = new FailureOrigin();
			failure.addSuppressed(origin);
		}
		return origin;
	}

	/**
	 * What was noted in a failure, or in those that it is about.
	 */
	static FailureOrigin of(SQLException failure) {
		FailureOrigin merged = new FailureOrigin();
		nested(failure).map(FailureOrigin::in).filter((origin) -> origin != null).forEach(merged::add);
		return merged;
	}

	private static Stream<SQLException> nested(SQLException failure) {
		Stream<SQLException> next = Stream.iterate(failure, (each) -> each != null, SQLException::getNextException)
			.limit(DEPTH);
		return (failure.getCause() instanceof SQLException cause && cause != failure)
				? Stream.concat(next, Stream.of(cause)) : next;
	}

	private void add(FailureOrigin other) {
		if (this.node == null) {
			this.database = other.database;
			this.node = other.node;
		}
		this.pool = (this.pool != null) ? this.pool : other.pool;
		this.statement = (this.statement != null) ? this.statement : other.statement;
		this.wrapper = (this.wrapper != null) ? this.wrapper : other.wrapper;
	}

	private static @Nullable FailureOrigin in(Throwable failure) {
		return Arrays.stream(failure.getSuppressed())
			.filter(FailureOrigin.class::isInstance)
			.map(FailureOrigin.class::cast)
			.findFirst()
			.orElse(null);
	}

	@Nullable String database() {
		return this.database;
	}

	@Nullable String node() {
		return this.node;
	}

	@Nullable PoolUsage pool() {
		return this.pool;
	}

	@Nullable Throwable wrapper() {
		return this.wrapper;
	}

	@Override
	public String getMessage() {
		return (this.node != null) ? "Node '%s' of database '%s'".formatted(this.node, this.database) : "Unknown node";
	}

}
