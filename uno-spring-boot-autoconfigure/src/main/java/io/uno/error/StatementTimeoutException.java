package io.uno.error;

import org.springframework.dao.QueryTimeoutException;

/**
 * A statement took longer than it may, and the server has ended it.
 *
 * @since 0.1.0
 */
public class StatementTimeoutException extends QueryTimeoutException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public StatementTimeoutException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
