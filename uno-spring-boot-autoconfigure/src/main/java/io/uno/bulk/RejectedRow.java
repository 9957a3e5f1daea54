package io.uno.bulk;

import org.jspecify.annotations.Nullable;

/**
 * A bad row that was left out.
 *
 * @param row the number of the row in the source, from 1
 * @param attribute the attribute whose value was refused, or {@code null} when it is the
 * row as a whole
 * @param column the column whose value was refused, or {@code null} when there is none
 * @param reason why the row was refused
 * @since 0.1.0
 */
public record RejectedRow(long row, @Nullable String attribute, @Nullable String column, String reason) {

}
