package io.uno.error;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionSystemException;

/**
 * A transaction was told to commit, and the connection was lost before the server
 * answered: what it has written is there, or nothing of it is. Only a look at the
 * database can tell, or work that may as well be done twice.
 *
 * @since 0.1.0
 */
public class CommitOutcomeUnknownException extends TransactionSystemException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String sqlState;

	/**
	 * Creates the exception.
	 * @param transaction name of the transaction, {@code null} if it has none
	 * @param sqlState SQLSTATE of the failure, {@code null} if it has none
	 * @param cause what the commit failed with
	 */
	public CommitOutcomeUnknownException(@Nullable String transaction, @Nullable String sqlState, Throwable cause) {
		super("Transaction '%s' was told to commit, but the connection was lost before the server answered (SQLSTATE %s): it is committed or rolled back, nobody can tell; look for what it has written, or declare it idempotent if it may be run twice"
			.formatted(transaction, sqlState), cause);
		this.sqlState = sqlState;
	}

	/**
	 * Returns how the connection was lost.
	 * @return the SQLSTATE, {@code null} where there is none
	 */
	public @Nullable String getSqlState() {
		return this.sqlState;
	}

}
