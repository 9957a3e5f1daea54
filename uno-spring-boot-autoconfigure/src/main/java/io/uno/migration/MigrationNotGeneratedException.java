package io.uno.migration;

import org.jspecify.annotations.Nullable;

/**
 * A migration can't be generated, and no file has been written.
 *
 * @since 0.1.0
 */
public class MigrationNotGeneratedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Creates an exception.
	 * @param message what is in the way
	 * @param action what the reader can do about it
	 */
	public MigrationNotGeneratedException(String message, String action) {
		this(message, action, null);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what is in the way
	 * @param action what the reader can do about it
	 * @param cause what it came from
	 */
	public MigrationNotGeneratedException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/**
	 * Returns what can be done about it.
	 * @return advice to the developer
	 */
	public String getAction() {
		return this.action;
	}

}
