package io.uno.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.uno.dialect.Identifiers;
import io.uno.schema.SchemaModel.Column;
import io.uno.schema.SchemaModel.Constraint;
import io.uno.schema.SchemaModel.Index;
import io.uno.schema.SchemaModel.SchemaObject;
import io.uno.schema.SchemaModel.Table;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads a {@link SchemaModel} from the server's catalogs. The same queries for every
 * database: what differs between two answers differs between the databases.
 */
final class CatalogReader {

	private final JdbcClient jdbc;

	private final List<String> schemas;

	CatalogReader(Connection connection, List<String> schemas) {
		this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
		this.schemas = schemas;
	}

	SchemaModel read() {
		String searchPath = setSearchPath(Identifiers.quote(this.schemas.get(0)));
		try {
			return new SchemaModel(this.schemas.get(0), tables(), query(CatalogQueries.OBJECTS, CatalogReader::object));
		}
		finally {
			setSearchPath(searchPath);
		}
	}

	/**
	 * Names and expressions are told relative to the search path.
	 */
	private String setSearchPath(String searchPath) {
		String earlier = this.jdbc.sql("select current_setting('search_path')").query(String.class).single();
		this.jdbc.sql("select set_config('search_path', ?, false)").param(searchPath).query(String.class).single();
		return earlier;
	}

	private List<Table> tables() {
		Map<Key, List<Column>> columns = byTable(CatalogQueries.COLUMNS, CatalogReader::column);
		Map<Key, List<Constraint>> constraints = byTable(CatalogQueries.CONSTRAINTS,
				(row, number) -> new Constraint(text(row, "name"), text(row, "definition")));
		Map<Key, List<Index>> indexes = byTable(CatalogQueries.INDEXES,
				(row, number) -> new Index(text(row, "name"), text(row, "definition")));
		return query(CatalogQueries.TABLES, (row, number) -> {
			Key key = Key.of(row);
			return new Table(key.schema(), key.relation(), text(row, "kind"), columns.getOrDefault(key, List.of()),
					constraints.getOrDefault(key, List.of()), indexes.getOrDefault(key, List.of()));
		});
	}

	private <T> Map<Key, List<T>> byTable(String sql, RowMapper<T> mapper) {
		Map<Key, List<T>> grouped = new LinkedHashMap<>();
		query(sql, (row, number) -> grouped.computeIfAbsent(Key.of(row), (key) -> new ArrayList<>())
			.add(Objects.requireNonNull(mapper.mapRow(row, number))));
		return grouped;
	}

	private <T> List<T> query(String sql, RowMapper<T> mapper) {
		return this.jdbc.sql(sql).param("schemas", this.schemas.toArray(String[]::new)).query(mapper).list();
	}

	private static Column column(ResultSet row, int number) throws SQLException {
		return new Column(text(row, "name"), text(row, "type"), row.getBoolean("not_null"),
				row.getString("default_expression"), row.getBoolean("volatile_default"), row.getString("generation"),
				row.getString("collation"));
	}

	private static SchemaObject object(ResultSet row, int number) throws SQLException {
		return new SchemaObject(text(row, "schema"), row.getString("relation"), text(row, "kind"), text(row, "name"),
				text(row, "definition"));
	}

	private static String text(ResultSet row, String column) throws SQLException {
		return Objects.requireNonNull(row.getString(column), column);
	}

	private record Key(String schema, String relation) {

		static Key of(ResultSet row) throws SQLException {
			return new Key(text(row, "schema"), text(row, "relation"));
		}

	}

}
