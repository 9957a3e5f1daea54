package io.uno.error;

import org.springframework.dao.CannotAcquireLockException;

/**
 * A lock was not to be had in time, or at once where the statement would not wait
 * ({@code NOWAIT}). Others hold it; nothing is wrong with the statement.
 *
 * @since 0.1.0
 */
public class LockTimeoutException extends CannotAcquireLockException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public LockTimeoutException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
