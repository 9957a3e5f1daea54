package io.uno.bulk;

import org.jspecify.annotations.Nullable;

/**
 * A bad row that was left out, with its entity, so that it may be mended and written
 * again.
 *
 * @param row the number of the row in the source, from 1
 * @param entity the row itself, or {@code null} when the source gave null; its text is
 * not part of this record's
 * @param attribute the attribute whose value was refused, or {@code null} when it is the
 * row as a whole
 * @param column the column whose value was refused, or {@code null} when there is none
 * @param reason why the row was refused
 * @since 0.1.0
 */
public record RejectedRow(long row, @Nullable Object entity, @Nullable String attribute, @Nullable String column,
		String reason) {

	@Override
	public String toString() {
		return "RejectedRow[row=%d, attribute=%s, column=%s, reason=%s]".formatted(this.row, this.attribute,
				this.column, this.reason);
	}

}
