package io.uno.migration.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * What is declared of migrations cannot be used as it is. Says why and what to do.
 */
abstract class MigrationSetupException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	MigrationSetupException(String message, String action) {
		this(message, action, null);
	}

	MigrationSetupException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/**
	 * What the reader can do about it.
	 */
	String getAction() {
		return this.action;
	}

}
