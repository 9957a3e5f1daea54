package io.uno.bulk;

/**
 * Writes a value of one column in the binary format of {@code COPY}.
 */
@FunctionalInterface
interface ColumnEncoder {

	/**
	 * Put the length of the value in bytes, and the value.
	 * @param value the value, of the class that the encoder was made for
	 * @param target where it goes
	 * @throws RowRefusedException if the column cannot keep the value
	 */
	void encode(Object value, CopyBuffer target) throws RowRefusedException;

}
