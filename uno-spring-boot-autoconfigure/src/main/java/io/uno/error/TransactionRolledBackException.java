package io.uno.error;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.NonTransientDataAccessException;

/**
 * Thrown by the commit of a transaction that the server had given up before, when a
 * statement of it failed and the failure was caught. It has been rolled back: nothing of
 * it stays, and nothing that was to be done after the commit has been done.
 * {@link #getError()} tells of the statement's failure, under the kind
 * {@link DatabaseError.Kind#ROLLED_BACK}.
 *
 * @since 0.1.0
 */
public class TransactionRolledBackException extends NonTransientDataAccessException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	private final @Nullable String statement;

	/**
	 * Creates an exception.
	 * @param cause what the commit has thrown
	 */
	public TransactionRolledBackException(RolledBackCommitException cause) {
		super(Objects.requireNonNull(cause.getMessage()), cause);
		this.error = cause.getError();
		this.statement = cause.getStatement();
	}

	@Override
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
