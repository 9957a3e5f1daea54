package io.uno.sample.load;

import java.util.List;

/**
 * Turns rows of a CSV file into entities.
 *
 * @param <T> the entity
 */
interface RowReader<T> {

	/**
	 * Names the columns that the file must have, in order.
	 */
	List<String> columns();

	T read(CsvRow row) throws RejectedRowException;

}
