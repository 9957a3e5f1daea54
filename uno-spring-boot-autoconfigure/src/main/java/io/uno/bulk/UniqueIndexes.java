package io.uno.bulk;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Asks the database which columns of a table are unique, whoever made the indexes.
 */
final class UniqueIndexes {

	// an index over some of the rows or over expressions does not make columns unique
	private static final String POSTGRES = """
			select index.indexrelid, attribute.attname
			from pg_index index
			cross join unnest(index.indkey) with ordinality as part(number, position)
			join pg_attribute attribute on attribute.attrelid = index.indrelid and attribute.attnum = part.number
			where index.indrelid = to_regclass(?) and index.indisunique and index.indisvalid
				and index.indpred is null and index.indexprs is null and part.position <= index.indnkeyatts
			order by index.indexrelid, part.position
			""";

	private final Connection connection;

	private final boolean postgres;

	UniqueIndexes(Connection connection, boolean postgres) {
		this.connection = connection;
		this.postgres = postgres;
	}

	/**
	 * Return the columns of each unique index.
	 * @param table the table as Hibernate writes it in SQL
	 * @return normalized names of columns, index by index
	 * @throws SQLException if the database fails
	 */
	List<List<String>> of(String table) throws SQLException {
		return this.postgres ? ofPostgres(table) : ofMetadata(table);
	}

	private List<List<String>> ofPostgres(String table) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(POSTGRES)) {
			statement.setString(1, table);
			try (ResultSet results = statement.executeQuery()) {
				return grouped(results, "indexrelid", "attname");
			}
		}
	}

	private List<List<String>> ofMetadata(String expression) throws SQLException {
		DatabaseMetaData metadata = this.connection.getMetaData();
		String[] names = expression.split("\\.");
		String table = stored(names[names.length - 1], metadata);
		String schema = (names.length > 1) ? stored(names[names.length - 2], metadata) : this.connection.getSchema();
		try (ResultSet results = metadata.getIndexInfo(this.connection.getCatalog(), schema, table, true, false)) {
			return grouped(results, "INDEX_NAME", "COLUMN_NAME");
		}
	}

	private static String stored(String name, DatabaseMetaData metadata) throws SQLException {
		String plain = new ColumnName(name).plain();
		boolean folded = plain.equals(name) && metadata.storesUpperCaseIdentifiers();
		return folded ? plain.toUpperCase(Locale.ROOT) : plain;
	}

	private static List<List<String>> grouped(ResultSet results, String index, String column) throws SQLException {
		Map<String, List<String>> indexes = new LinkedHashMap<>();
		while (results.next()) {
			String name = results.getString(index);
			if (name != null) {
				indexes.computeIfAbsent(name, (key) -> new ArrayList<>())
					.add(new ColumnName(results.getString(column)).normalized());
			}
		}
		return List.copyOf(indexes.values());
	}

}
