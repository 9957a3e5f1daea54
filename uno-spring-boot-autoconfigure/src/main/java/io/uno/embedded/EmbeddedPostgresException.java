package io.uno.embedded;

import org.jspecify.annotations.Nullable;

/**
 * An embedded PostgreSQL server could not be started, stopped or brought into the state
 * that was asked for.
 *
 * @since 0.1.0
 */
public class EmbeddedPostgresException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception without a cause.
	 * @param message what happened, and what to do
	 */
	public EmbeddedPostgresException(String message) {
		super(message);
	}

	/**
	 * Create an exception with a cause.
	 * @param message what happened, and what to do
	 * @param cause the cause, or {@code null}
	 */
	public EmbeddedPostgresException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
