package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The temporary table that rows are collected in, called {@code s} where they leave it.
 *
 * @param table the table that they are meant for
 * @param columns the columns that are written, as Hibernate writes them in SQL
 */
record StagingTable(String table, String columns) {

	static final String NAME = "pg_temp.uno_bulk_rows";

	static StagingTable of(EntityMapping mapping) {
		return new StagingTable(mapping.table(), String.join(", ", mapping.columnExpressions()));
	}

	/**
	 * The columns take the types of the table, but neither its constraints nor its
	 * defaults.
	 */
	String create() {
		return "CREATE TEMPORARY TABLE uno_bulk_rows ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA"
			.formatted(this.columns, this.table);
	}

	String copy() {
		return "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(NAME, this.columns);
	}

	String insert() {
		return "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s".formatted(this.table, this.columns, NAME);
	}

	String drop() {
		return "DROP TABLE " + NAME;
	}

	List<String> insertion() {
		return List.of(create(), copy(), insert(), drop());
	}

	/**
	 * Inserts the rows that have been collected.
	 */
	Counts insert(Connection connection, long staged) throws SQLException {
		return Counts.inserted(execute(connection, insert()));
	}

	static long execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			return statement.executeLargeUpdate(sql);
		}
	}

	/**
	 * Brings rows from the temporary table into the one that they are meant for.
	 */
	@FunctionalInterface
	interface Transfer {

		/**
		 * Bring rows in.
		 * @param connection the connection
		 * @param staged how many rows there are
		 * @return what has become of them
		 */
		Counts run(Connection connection, long staged) throws SQLException;

	}

}
