package io.uno.error;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * All connections of a pool were in use until the caller had waited long enough.
 * {@link DatabaseError#pool()} tells how many are active and idle, and how many callers
 * wait, where the pool is HikariCP's.
 *
 * @since 0.1.0
 */
public class PoolExhaustedException extends TransientDataAccessResourceException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public PoolExhaustedException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
