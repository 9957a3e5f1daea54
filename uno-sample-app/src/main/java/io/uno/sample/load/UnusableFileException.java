package io.uno.sample.load;

import org.jspecify.annotations.Nullable;

/**
 * A data file as a whole cannot be imported, so that nothing of it was.
 */
class UnusableFileException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnusableFileException(String file, String reason) {
		this(file, reason, null);
	}

	UnusableFileException(String file, String reason, @Nullable Throwable cause) {
		super("%s cannot be imported: %s".formatted(file, reason), cause);
	}

}
