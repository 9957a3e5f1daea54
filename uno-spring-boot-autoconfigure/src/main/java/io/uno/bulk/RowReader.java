package io.uno.bulk;

import org.jspecify.annotations.Nullable;

/**
 * Reads the value of one column from a row.
 */
@FunctionalInterface
interface RowReader {

	/**
	 * Read the value, in the class that the mapping's Java type has.
	 * @param row the row
	 * @return the value, or {@code null}
	 * @throws RowRefusedException if the row has no value that could be written
	 */
	@Nullable Object read(Row row) throws RowRefusedException;

}
