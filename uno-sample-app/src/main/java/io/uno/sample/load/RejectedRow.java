package io.uno.sample.load;

import org.jspecify.annotations.Nullable;

/**
 * A row that cannot be imported.
 *
 * @param line the line of the file that it begins in, from 1
 * @param column the column at fault, or {@code null} when it is the row as a whole
 * @param reason what is wrong
 */
record RejectedRow(long line, @Nullable String column, String reason) {

	@Override
	public String toString() {
		return (this.column != null) ? "line %d, column %s: %s".formatted(this.line, this.column, this.reason)
				: "line %d: %s".formatted(this.line, this.reason);
	}

}
