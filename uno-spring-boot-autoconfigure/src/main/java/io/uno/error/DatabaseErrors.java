package io.uno.error;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

import io.uno.error.DatabaseError.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Finds out what went wrong in the database, whoever has wrapped the driver's exception:
 * Spring, Hibernate or the application.
 *
 * <pre class="code">
 * catch (DataIntegrityViolationException ex) {
 *     String constraint = DatabaseErrors.of(ex).map(DatabaseError::constraint).orElse("unknown");
 *     ...
 * }
 * </pre>
 *
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class DatabaseErrors {

	private static final int DEPTH = 50;

	private DatabaseErrors() {
	}

	/**
	 * Returns what is known of a failure.
	 * @param failure what was thrown
	 * @return the error, empty when no exception of a driver and none of uno's is among
	 * its causes
	 */
	public static Optional<DatabaseError> of(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < DEPTH; depth++) {
			if (cause instanceof DatabaseFailure known) {
				return Optional.of(known.getError());
			}
			if (cause instanceof SQLException refusal) {
				return Optional.of(ErrorReader.read(refusal));
			}
			cause = cause.getCause();
		}
		return Optional.empty();
	}

	/**
	 * Translates a driver's exception into the one of Spring's hierarchy that tells what
	 * a caller can do about it.
	 * @param task what was being done
	 * @param sql the statement, {@code null} when it is not known
	 * @param failure what the driver has thrown
	 * @return the exception, empty where it is none that a caller could do something
	 * special about
	 */
	public static Optional<DataAccessException> translate(String task, @Nullable String sql, SQLException failure) {
		DatabaseError error = ErrorReader.read(failure);
		Throwable cause = Objects.requireNonNullElse(FailureOrigin.of(failure).wrapper(), failure);
		return Optional.ofNullable(translate(message(task, sql, error, failure), error, failure, cause));
	}

	/**
	 * What Spring would say, and the node.
	 */
	private static String message(String task, @Nullable String sql, DatabaseError error, SQLException failure) {
		String node = (error.node() != null) ? " on node '%s'".formatted(error.node()) : "";
		return task + node + "; " + ((sql != null) ? "SQL [%s]; ".formatted(sql) : "")
				+ ErrorReader.telling(failure).getMessage();
	}

	private static @Nullable DataAccessException translate(String message, DatabaseError error, SQLException failure,
			Throwable cause) {
		return switch (error.kind()) {
			case UNIQUE -> new UniqueViolationException(message, error, cause);
			case FOREIGN_KEY -> new ForeignKeyViolationException(message, error, cause);
			case CHECK, NOT_NULL, EXCLUSION -> new RowConstraintViolationException(message, error, cause);
			case SERIALIZATION, DEADLOCK -> new TransactionConflictException(message, error, cause);
			case LOCK_TIMEOUT -> new LockTimeoutException(message, error, cause);
			case STATEMENT_TIMEOUT -> new StatementTimeoutException(message, error, cause);
			case CANCELLED -> new StatementCancelledException(message, error, cause);
			case READ_ONLY -> new ReadOnlyDatabaseException(message, error, cause);
			case CONNECTION_LOST -> new ConnectionLostException(message, error, cause);
			case POOL_EXHAUSTED -> new PoolExhaustedException(message, error, cause);
			case ROLLED_BACK -> (failure instanceof RolledBackCommitException commit)
					? new TransactionRolledBackException(commit) : null;
			case OTHER -> null;
		};
	}

	/**
	 * Whether a failure is one of a kind.
	 * @param failure what was thrown
	 * @param kind the kind
	 * @return {@code true} if it is of that kind
	 */
	public static boolean is(Throwable failure, Kind kind) {
		return of(failure).filter((error) -> error.kind() == kind).isPresent();
	}

}
