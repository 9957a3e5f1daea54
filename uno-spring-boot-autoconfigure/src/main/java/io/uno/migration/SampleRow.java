package io.uno.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.uno.dialect.Identifiers;
import io.uno.schema.SchemaModel.Column;
import io.uno.schema.SchemaModel.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Makes up a row. The server says which of some well-known texts is a value of a type.
 */
final class SampleRow {

	private static final String[] LITERALS = { "1", "0", "a", "true", "2000-01-01", "00:00:01", "{}",
			"00000000-0000-0000-0000-000000000001", "127.0.0.1", "00:00:00:00:00:01", "00:00:00:00:00:00:00:01",
			"empty", "(1,1)", "(1,1),(0,0)", "((0,0),(1,1))", "<(0,0),1>", "{1,-1,0}", "0/1", "<a/>" };

	private static final String VALUE = """
			select literal from (
				select enumlabel::text as literal, enumsortorder::int as place from pg_enum where enumtypid = to_regtype(?)
				union all
				select * from unnest(?::text[]) with ordinality
			) as candidates
			where pg_input_is_valid(literal, ?)
			order by place limit 1
			""";

	private final List<String> columns = new ArrayList<>();

	private final List<String> placeholders = new ArrayList<>();

	private final List<String> values = new ArrayList<>();

	private SampleRow() {
	}

	/**
	 * Inserts a row with a value in as many columns as possible.
	 * @param jdbc the connection
	 * @param table where
	 * @return why there is no row, empty if there is one
	 */
	static Optional<String> insert(JdbcOperations jdbc, Table table) {
		SampleRow row = new SampleRow();
		for (Column column : table.columns()) {
			String value = isGenerated(column) ? null : value(jdbc, column.type());
			if (value != null) {
				row.set(column, value);
			}
			else if (column.notNull() && column.defaultExpression() == null && column.generation() == null) {
				return Optional.of("no value of type %s is known".formatted(column.type()));
			}
		}
		return row.insertInto(jdbc, Identifiers.qualify(table.schema(), table.name()));
	}

	private static boolean isGenerated(Column column) {
		return column.generation() != null;
	}

	private static @Nullable String value(JdbcOperations jdbc, String type) {
		return jdbc.queryForList(VALUE, String.class, type, LITERALS, type).stream().findFirst().orElse(null);
	}

	private void set(Column column, String value) {
		this.columns.add(Identifiers.quote(column.name()));
		this.placeholders.add("cast(?::text as %s)".formatted(column.type()));
		this.values.add(value);
	}

	private Optional<String> insertInto(JdbcOperations jdbc, String table) {
		String sql = this.columns.isEmpty() ? "insert into %s default values".formatted(table)
				: "insert into %s (%s) values (%s)".formatted(table, join(this.columns), join(this.placeholders));
		try {
			jdbc.update(sql, this.values.toArray());
			return Optional.empty();
		}
		catch (DataAccessException ex) {
			return Optional.of(String.valueOf(ex.getMostSpecificCause().getMessage()).lines().findFirst().orElse(""));
		}
	}

	private static String join(List<String> parts) {
		return parts.stream().collect(Collectors.joining(", "));
	}

}
