package io.uno.error;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A server can't be reached, has closed the connection, or takes no more of them. What
 * the transaction had done is undone, unless the connection was lost during its commit.
 *
 * @since 0.1.0
 */
public class ConnectionLostException extends DataAccessResourceFailureException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public ConnectionLostException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
