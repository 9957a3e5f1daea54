package io.uno.error;

import java.sql.SQLException;

import io.uno.error.DatabaseError.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by the commit of a transaction that the server had given up before, when a
 * statement of it failed: it has been rolled back. The driver alone would return from
 * such a commit as if it had succeeded. The cause is the failure of the statement, where
 * the driver knows it. Spring's templates and transaction managers turn it into a
 * {@link TransactionRolledBackException}.
 *
 * @since 0.1.0
 */
public class RolledBackCommitException extends SQLException {

	private static final long serialVersionUID = 1L;

	private static final String IN_FAILED_TRANSACTION = "25P02";

	private final DatabaseError error;

	private final @Nullable String statement;

	/**
	 * Creates an exception.
	 * @param database name of the database
	 * @param node id of the node
	 * @param statement the statement that failed, {@code null} when it is not known
	 * @param cause the failure of the statement, {@code null} when it is not known
	 */
	public RolledBackCommitException(String database, String node, @Nullable String statement,
			@Nullable SQLException cause) {
		super(message(node, statement, cause), IN_FAILED_TRANSACTION, cause);
		this.error = error(database, node, cause);
		this.statement = statement;
	}

	private static DatabaseError error(String database, String node, @Nullable SQLException cause) {
		return (cause != null) ? ErrorReader.read(cause).as(Kind.ROLLED_BACK, database, node)
				: DatabaseError.at(Kind.ROLLED_BACK, database, node);
	}

	/**
	 * Without the server's message, which may hold values.
	 */
	private static String message(String node, @Nullable String statement, @Nullable SQLException cause) {
		DatabaseError error = (cause != null) ? ErrorReader.read(cause) : null;
		String failed = (statement != null) ? " (%s)".formatted(statement) : "";
		String state = (error != null) ? " with SQLSTATE " + error.sqlState() : "";
		String constraint = (error != null && error.constraint() != null) ? ", constraint " + error.constraint() : "";
		return "The transaction on node '%s' was rolled back and not committed: a statement of it had failed%s%s%s; don't catch that failure inside the transaction, or put what may fail behind a savepoint, or into a transaction of its own (Propagation.REQUIRES_NEW)"
			.formatted(node, state, constraint, failed);
	}

	/**
	 * Returns what is known of the statement's failure.
	 * @return the error, of the kind {@link Kind#ROLLED_BACK}
	 */
	public DatabaseError getError() {
		return this.error;
	}

	/**
	 * Returns the statement that failed.
	 * @return the statement, {@code null} when it is not known
	 */
	public @Nullable String getStatement() {
		return this.statement;
	}

}
