package io.uno.error;

import org.springframework.dao.QueryTimeoutException;

/**
 * A statement was cancelled from outside: by {@link java.sql.Statement#cancel()}, by the
 * driver when its query timeout was over, or by an administrator.
 *
 * @since 0.1.0
 */
public class StatementCancelledException extends QueryTimeoutException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public StatementCancelledException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
