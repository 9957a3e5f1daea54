package io.uno.bulk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements by which rows get from a temporary table into the table: target and
 * source are called {@code t} and {@code s}.
 *
 * @param upsert the mapping
 * @param merge whether the server has MERGE
 * @param returning whether its MERGE tells what it did
 */
record StagingStatements(UpsertMapping upsert, boolean merge, boolean returning) {

	StagingTable staging() {
		return StagingTable.of(this.upsert.mapping());
	}

	/**
	 * Brings the rows in that have been collected.
	 */
	Counts bringIn(Connection connection, long staged) throws SQLException {
		if (!this.merge) {
			long updated = updatesAnything() ? StagingTable.execute(connection, update()) : 0;
			long inserted = StagingTable.execute(connection, insertMissing());
			return new Counts(inserted, updated, staged - inserted - updated);
		}
		return this.returning ? mergeReturning(connection, staged) : merge(connection);
	}

	private Counts merge(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet results = statement.executeQuery(countFound())) {
			results.next();
			long found = results.getLong(1);
			long differing = results.getLong(2);
			long written = StagingTable.execute(connection, mergeRows());
			return new Counts(written - differing, differing, found - differing);
		}
	}

	private Counts mergeReturning(Connection connection, long staged) throws SQLException {
		long inserted = 0;
		long updated = 0;
		try (Statement statement = connection.createStatement();
				ResultSet results = statement.executeQuery(mergeReturning())) {
			while (results.next()) {
				boolean insert = results.getString(1).equals("INSERT");
				inserted += insert ? results.getLong(2) : 0;
				updated += insert ? 0 : results.getLong(2);
			}
		}
		return new Counts(inserted, updated, staged - inserted - updated);
	}

	String mergeReturning() {
		return "WITH merged AS (%s RETURNING merge_action() AS action) SELECT action, count(*) FROM merged GROUP BY action"
			.formatted(mergeRows());
	}

	String mergeRows() {
		String matched = this.upsert.updated().isEmpty() ? "WHEN MATCHED THEN DO NOTHING"
				: "WHEN MATCHED AND %s THEN UPDATE SET %s".formatted(differs(), assignments());
		return "MERGE INTO %s AS t USING %s AS s ON %s %s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)".formatted(
				table(), StagingTable.NAME, sameKey(), matched, columns(MappedColumn::expression),
				columns((column) -> "s." + column.expression()));
	}

	/**
	 * Count the rows that are there already, and those of them that an update will write.
	 */
	String countFound() {
		return "SELECT count(*), count(*) FILTER (WHERE %s) FROM %s AS t JOIN %s AS s ON %s"
			.formatted(this.upsert.updated().isEmpty() ? "false" : differs(), table(), StagingTable.NAME, sameKey());
	}

	String update() {
		return "UPDATE %s AS t SET %s FROM %s AS s WHERE %s AND %s".formatted(table(), assignments(), StagingTable.NAME,
				sameKey(), differs());
	}

	String insertMissing() {
		return "INSERT INTO %s (%s) SELECT %s FROM %s AS s WHERE NOT EXISTS (SELECT FROM %s AS t WHERE %s)".formatted(
				table(), columns(MappedColumn::expression), columns((column) -> "s." + column.expression()),
				StagingTable.NAME, table(), sameKey());
	}

	List<String> all() {
		List<String> writing = this.merge ? List.of(this.returning ? mergeReturning() : mergeRows())
				: updatesAnything() ? List.of(update(), insertMissing()) : List.of(insertMissing());
		return Stream.of(List.of(staging().create(), staging().copy()), writing, List.of(staging().drop()))
			.flatMap(List::stream)
			.toList();
	}

	boolean updatesAnything() {
		return !this.upsert.updated().isEmpty();
	}

	private String table() {
		return this.upsert.mapping().table();
	}

	private String sameKey() {
		return this.upsert.key()
			.stream()
			.map((column) -> "t.%1$s = s.%1$s".formatted(column.expression()))
			.collect(Collectors.joining(" AND "));
	}

	/**
	 * Compare the rows byte by byte, since some types, such as point, have no equality.
	 */
	private String differs() {
		List<MappedColumn> compared = this.upsert.compared();
		return compared.isEmpty() ? "false"
				: "ROW(%s)::record *<> ROW(%s)::record".formatted(joined(compared, "t."), joined(compared, "s."));
	}

	private static String joined(List<MappedColumn> columns, String prefix) {
		return columns.stream().map((column) -> prefix + column.expression()).collect(Collectors.joining(", "));
	}

	private String assignments() {
		return this.upsert.updated().stream().map((column) -> {
			String source = (column.onUpdate() == OnUpdate.INCREMENT) ? "t." + column.expression() + " + 1"
					: "s." + column.expression();
			return column.expression() + " = " + source;
		}).collect(Collectors.joining(", "));
	}

	private String columns(Function<MappedColumn, String> expression) {
		return this.upsert.mapping().columns().stream().map(expression).collect(Collectors.joining(", "));
	}

}
