package io.uno.error;

/**
 * An exception that knows what went wrong in the database.
 *
 * @since 0.1.0
 * @see DatabaseErrors#of(Throwable)
 */
public interface DatabaseFailure {

	/**
	 * Returns what is known of the failure.
	 * @return the error
	 */
	DatabaseError getError();

}
