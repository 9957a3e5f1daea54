package io.uno.error;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A server accepts no writes although the transaction may write: it is a standby, or set
 * to be read-only. While a fail-over is under way this passes.
 *
 * @since 0.1.0
 */
public class ReadOnlyDatabaseException extends DataAccessResourceFailureException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public ReadOnlyDatabaseException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
