package io.uno.error;

import org.springframework.dao.CannotAcquireLockException;

/**
 * The server has undone a transaction because of others: it could not be serialized, was
 * the victim of a deadlock, or stood in the way of a replica's recovery
 * ({@link DatabaseError#recoveryConflict()}). The same transaction may succeed when it is
 * tried again from its beginning.
 *
 * @since 0.1.0
 */
public class TransactionConflictException extends CannotAcquireLockException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public TransactionConflictException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
