package io.uno.migration;

import java.util.Objects;
import java.util.stream.Collectors;

import io.uno.dialect.Identifiers;
import io.uno.schema.SchemaModel.Column;
import io.uno.schema.SchemaModel.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * What a table holds.
 *
 * @param rows the number of its rows
 * @param digest a hash of all values of the columns that it had at first
 * @param file the file that the server keeps it in, {@code null} for none; another one
 * after the table has been rewritten
 */
record TableContent(long rows, String digest, @Nullable Long file) {

	private static final String QUERY = """
			select count(*) as rows, md5(coalesce(string_agg(md5(content), '' order by md5(content)), '')) as digest,
				pg_relation_filenode(?::regclass) as file
			from (select row(%s)::text as content from %s) as t
			""";

	static TableContent read(JdbcOperations jdbc, Table table) {
		String columns = table.columns()
			.stream()
			.map(Column::name)
			.map(Identifiers::quote)
			.collect(Collectors.joining(", "));
		String name = Identifiers.qualify(table.schema(), table.name());
		return Objects.requireNonNull(jdbc.queryForObject(QUERY.formatted(columns, name), (row, number) -> {
			long file = row.getLong("file");
			return new TableContent(row.getLong("rows"), Objects.requireNonNull(row.getString("digest")),
					row.wasNull() ? null : file);
		}, name));
	}

	boolean hasRowsOf(TableContent other) {
		return this.rows == other.rows && this.digest.equals(other.digest);
	}

}
