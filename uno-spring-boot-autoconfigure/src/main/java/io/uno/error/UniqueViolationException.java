package io.uno.error;

import org.springframework.dao.DuplicateKeyException;

/**
 * A row has a value that another row has already, in columns that are unique together:
 * take the row that is there, or tell the user. {@link DatabaseError#constraint()} names
 * the constraint.
 *
 * @since 0.1.0
 */
public class UniqueViolationException extends DuplicateKeyException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public UniqueViolationException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
