package io.uno.error;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;

import io.uno.error.DatabaseError.Kind;
import io.uno.error.DatabaseError.PoolUsage;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import org.springframework.util.ClassUtils;

/**
 * Reads what drivers tell of a failure.
 */
final class ErrorReader {

	private static final boolean DRIVER_PRESENT = ClassUtils.isPresent("org.postgresql.util.PSQLException",
			ErrorReader.class.getClassLoader());

	/**
	 * What the server calls the function that ends statements which are in the way of
	 * recovery. Before its version 16 that is the one which ends statements for any
	 * reason, but no other reason has that code.
	 */
	private static final String RECOVERY_ROUTINE = "ProcessRecoveryConflict";

	private static final String EARLIER_RECOVERY_ROUTINE = "ProcessInterrupts";

	/**
	 * The server has one code for a statement that took too long and one that somebody
	 * has cancelled, and no field but its text that tells them apart.
	 */
	private static final String STATEMENT_TIMEOUT = "statement timeout";

	private ErrorReader() {
	}

	static DatabaseError read(SQLException failure) {
		if (failure instanceof RolledBackCommitException commit) {
			return commit.getError();
		}
		SQLException telling = telling(failure);
		FailureOrigin origin = FailureOrigin.of(failure);
		Kind kind = kindOf(telling, origin.pool());
		if (DRIVER_PRESENT) {
			DatabaseError known = Postgres.read(telling, kind, origin);
			if (known != null) {
				return known;
			}
		}
		return new DatabaseError(kind, origin.database(), origin.node(), telling.getSQLState(), null, null, null, null,
				null, false, origin.pool());
	}

	/**
	 * A batch hides the server's exception behind one of the driver's own.
	 */
	static SQLException telling(SQLException failure) {
		SQLException next = failure.getNextException();
		return (next != null && next.getSQLState() != null) ? next : failure;
	}

	private static Kind kindOf(SQLException failure, @Nullable PoolUsage pool) {
		String state = failure.getSQLState();
		if (state == null && failure instanceof SQLTransientConnectionException) {
			// of a pool that opens no connection nobody has one
			return (pool != null && pool.active() == 0) ? Kind.CONNECTION_LOST : Kind.POOL_EXHAUSTED;
		}
		return switch (Objects.requireNonNullElse(state, "")) {
			case "23505" -> Kind.UNIQUE;
			case "23001", "23503", "23506" -> Kind.FOREIGN_KEY;
			case "23513", "23514", "44000" -> Kind.CHECK;
			case "23502" -> Kind.NOT_NULL;
			case "23P01" -> Kind.EXCLUSION;
			case "40001" -> Kind.SERIALIZATION;
			case "40P01" -> Kind.DEADLOCK;
			case "55P03", "HYT00" -> Kind.LOCK_TIMEOUT;
			case "57014" -> isTimeout(failure) ? Kind.STATEMENT_TIMEOUT : Kind.CANCELLED;
			case "25006" -> Kind.READ_ONLY;
			case "25P02" -> Kind.ROLLED_BACK;
			case "25P03", "25P04", "53300", "57P01", "57P02", "57P03", "57P04", "57P05" -> Kind.CONNECTION_LOST;
			default -> (state != null && state.startsWith("08")) ? Kind.CONNECTION_LOST : Kind.OTHER;
		};
	}

	private static boolean isTimeout(SQLException failure) {
		return failure instanceof SQLTimeoutException
				|| Objects.requireNonNullElse(failure.getMessage(), "").contains(STATEMENT_TIMEOUT);
	}

	/**
	 * What needs PostgreSQL's driver.
	 */
	private static final class Postgres {

		private Postgres() {
		}

		static @Nullable DatabaseError read(SQLException failure, Kind kind, FailureOrigin origin) {
			ServerErrorMessage message = (failure instanceof PSQLException exception)
					? exception.getServerErrorMessage() : null;
			return (message != null) ? new DatabaseError(kind, origin.database(), origin.node(), failure.getSQLState(),
					message.getSchema(), message.getTable(), message.getColumn(), message.getConstraint(),
					message.getDetail(), isRecoveryConflict(kind, message), origin.pool()) : null;
		}

		private static boolean isRecoveryConflict(Kind kind, ServerErrorMessage message) {
			String routine = Objects.requireNonNullElse(message.getRoutine(), "");
			return routine.startsWith(RECOVERY_ROUTINE)
					|| (kind == Kind.SERIALIZATION && routine.equals(EARLIER_RECOVERY_ROUTINE));
		}

	}

}
