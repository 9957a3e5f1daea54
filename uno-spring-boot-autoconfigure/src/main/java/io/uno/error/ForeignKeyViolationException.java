package io.uno.error;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * A row refers to one that is not there, or one was to go that others refer to.
 * {@link DatabaseError#constraint()} names the foreign key.
 *
 * @since 0.1.0
 */
public class ForeignKeyViolationException extends DataIntegrityViolationException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public ForeignKeyViolationException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
