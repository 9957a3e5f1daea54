package io.uno.bulk;

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

	static final String STAGING = "uno_bulk_rows";

	/**
	 * The columns take the types of the table, but neither its constraints nor its
	 * defaults.
	 */
	String create() {
		return "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA".formatted(STAGING,
				columns(MappedColumn::expression), table());
	}

	String copy() {
		return "COPY pg_temp.%s (%s) FROM STDIN (FORMAT binary)".formatted(STAGING, columns(MappedColumn::expression));
	}

	String mergeReturning() {
		return "WITH merged AS (%s RETURNING merge_action() AS action) SELECT action, count(*) FROM merged GROUP BY action"
			.formatted(mergeRows());
	}

	String mergeRows() {
		String matched = this.upsert.updated().isEmpty() ? "WHEN MATCHED THEN DO NOTHING"
				: "WHEN MATCHED AND %s THEN UPDATE SET %s".formatted(differs(), assignments());
		return "MERGE INTO %s AS t USING pg_temp.%s AS s ON %s %s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"
			.formatted(table(), STAGING, sameKey(), matched, columns(MappedColumn::expression),
					columns((column) -> "s." + column.expression()));
	}

	/**
	 * Count the rows that are there already, and those of them that an update will write.
	 */
	String countFound() {
		return "SELECT count(*), count(*) FILTER (WHERE %s) FROM %s AS t JOIN pg_temp.%s AS s ON %s"
			.formatted(this.upsert.updated().isEmpty() ? "false" : differs(), table(), STAGING, sameKey());
	}

	String update() {
		return "UPDATE %s AS t SET %s FROM pg_temp.%s AS s WHERE %s AND %s".formatted(table(), assignments(), STAGING,
				sameKey(), differs());
	}

	String insertMissing() {
		return "INSERT INTO %s (%s) SELECT %s FROM pg_temp.%s AS s WHERE NOT EXISTS (SELECT FROM %s AS t WHERE %s)"
			.formatted(table(), columns(MappedColumn::expression), columns((column) -> "s." + column.expression()),
					STAGING, table(), sameKey());
	}

	String drop() {
		return "DROP TABLE pg_temp." + STAGING;
	}

	List<String> all() {
		List<String> writing = this.merge ? List.of(this.returning ? mergeReturning() : mergeRows())
				: updatesAnything() ? List.of(update(), insertMissing()) : List.of(insertMissing());
		return Stream.of(List.of(create(), copy()), writing, List.of(drop())).flatMap(List::stream).toList();
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
