package io.uno.bulk;

import java.sql.SQLException;

/**
 * Where the rows of an operation go.
 */
interface RowSink {

	/**
	 * Write a row, perhaps not before a later call.
	 * @param row the row
	 * @throws RowRefusedException if the row cannot be written; nothing of it was
	 * @throws SQLException if the database fails
	 */
	void write(Row row) throws RowRefusedException, SQLException;

	/**
	 * Write everything up to here, so that the connection may be used for something else
	 * until the next row.
	 * @throws SQLException if the database fails
	 */
	void pause() throws SQLException;

	/**
	 * Write everything, and bring it where it belongs.
	 * @return what became of the rows
	 * @throws SQLException if the database fails
	 */
	Counts finish() throws SQLException;

	/**
	 * Stop without writing what is under way. What has been written is for the
	 * transaction to undo.
	 * @throws SQLException if the database fails
	 */
	void cancel() throws SQLException;

	/**
	 * Find which row of the source the server means.
	 * @param line the row that the server counts
	 * @return the number of the row in the source, or 0 when it is not known
	 */
	long rowOf(long line);

}
