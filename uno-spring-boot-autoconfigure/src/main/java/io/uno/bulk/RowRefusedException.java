package io.uno.bulk;

import org.jspecify.annotations.Nullable;

/**
 * A value, and with it a row, that cannot be written. It is thrown for every bad row that
 * is left out, so it carries no stack trace.
 */
final class RowRefusedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final @Nullable String attribute;

	private final @Nullable String column;

	private final String reason;

	RowRefusedException(String reason) {
		this(null, null, reason, null);
	}

	RowRefusedException(String reason, @Nullable Throwable cause) {
		this(null, null, reason, cause);
	}

	RowRefusedException(@Nullable String attribute, @Nullable String column, String reason, @Nullable Throwable cause) {
		super(reason, cause, false, false);
		this.attribute = attribute;
		this.column = column;
		this.reason = reason;
	}

	RowRefusedException at(MappedColumn mapped) {
		return (this.attribute != null) ? this
				: new RowRefusedException(mapped.attribute(), mapped.name(), this.reason, getCause());
	}

	@Nullable String attribute() {
		return this.attribute;
	}

	@Nullable String column() {
		return this.column;
	}

	String reason() {
		return this.reason;
	}

}
