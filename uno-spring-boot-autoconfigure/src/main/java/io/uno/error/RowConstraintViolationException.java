package io.uno.error;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * A row's values are none that the table accepts: they break a check, leave out what must
 * not be null, or exclude each other with those of another row. Which of these,
 * {@link DatabaseError#kind()} says. The values have to change.
 *
 * @since 0.1.0
 */
public class RowConstraintViolationException extends DataIntegrityViolationException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final DatabaseError error;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param error what is known of it
	 * @param cause what was thrown before
	 */
	public RowConstraintViolationException(String message, DatabaseError error, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	@Override
	public DatabaseError getError() {
		return this.error;
	}

}
