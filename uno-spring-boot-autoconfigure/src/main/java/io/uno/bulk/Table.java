package io.uno.bulk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.uno.error.BulkMappingException;

/**
 * A table as the server has it.
 *
 * @param name the table as Hibernate writes it in SQL
 * @param columns its columns
 */
record Table(String name, List<TableColumn> columns) {

	// a domain passes its NOT NULL on, and its type is that of what it is made of
	private static final String POSTGRES_COLUMNS = """
			with recursive attribute(number, name, required, type, modifier) as (
				select attnum, attname, attnotnull, atttypid, atttypmod
				from pg_attribute
				where attrelid = to_regclass(?) and attnum > 0 and not attisdropped
				union all
				select number, name, required or typnotnull, typbasetype, typtypmod
				from attribute join pg_type on pg_type.oid = type and typtype = 'd'
			)
			select name, typname, typtype = 'e', modifier, bool_or(required) over (partition by number), typtype = 'd'
			from attribute join pg_type on pg_type.oid = type
			order by number
			""";

	private static final int MODIFIER_HEADER = 4;

	private static final Set<Integer> CHARACTER_TYPES = Set.of(Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR);

	private static final Set<Integer> DECIMAL_TYPES = Set.of(Types.DECIMAL, Types.NUMERIC);

	static Table ofPostgres(Connection connection, String table, String entityName) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(POSTGRES_COLUMNS)) {
			statement.setString(1, table);
			try (ResultSet results = statement.executeQuery()) {
				return new Table(table, readPostgresColumns(results, table, entityName));
			}
		}
	}

	private static List<TableColumn> readPostgresColumns(ResultSet results, String table, String entityName)
			throws SQLException {
		List<TableColumn> columns = new ArrayList<>();
		while (results.next()) {
			boolean domain = results.getBoolean(6);
			if (!domain) {
				columns.add(postgresColumn(results));
			}
		}
		if (columns.isEmpty()) {
			throw new BulkMappingException(entityName,
					"The table %s of %s does not exist in this database".formatted(table, entityName));
		}
		return List.copyOf(columns);
	}

	private static TableColumn postgresColumn(ResultSet results) throws SQLException {
		String type = results.getString(2);
		int modifier = results.getInt(4) - MODIFIER_HEADER;
		boolean limited = modifier >= 0;
		boolean characters = type.equals("varchar") || type.equals("bpchar");
		boolean decimal = type.equals("numeric");
		return new TableColumn(results.getString(1), type, results.getBoolean(3),
				(limited && characters) ? modifier : 0, (limited && decimal) ? modifier >> 16 : 0,
				(limited && decimal) ? numericScale(modifier) : 0, results.getBoolean(5));
	}

	private static int numericScale(int modifier) {
		// eleven bits, signed since PostgreSQL 15
		return ((modifier & 0x7FF) ^ 0x400) - 0x400;
	}

	static Table of(Connection connection, String table) throws SQLException {
		String query = "select * from " + table + " where 1 = 0";
		try (Statement statement = connection.createStatement(); ResultSet results = statement.executeQuery(query)) {
			ResultSetMetaData metadata = results.getMetaData();
			List<TableColumn> columns = new ArrayList<>();
			for (int i = 1; i <= metadata.getColumnCount(); i++) {
				columns.add(column(metadata, i));
			}
			return new Table(table, List.copyOf(columns));
		}
	}

	private static TableColumn column(ResultSetMetaData metadata, int index) throws SQLException {
		int type = metadata.getColumnType(index);
		boolean decimal = DECIMAL_TYPES.contains(type);
		return new TableColumn(metadata.getColumnName(index), metadata.getColumnTypeName(index), false,
				CHARACTER_TYPES.contains(type) ? metadata.getPrecision(index) : 0,
				decimal ? metadata.getPrecision(index) : 0, decimal ? metadata.getScale(index) : 0,
				metadata.isNullable(index) == ResultSetMetaData.columnNoNulls);
	}

	/**
	 * Find the column behind a mapped one.
	 * @param expression the column as Hibernate writes it in SQL
	 * @param attribute the attribute that is mapped to it
	 * @param entityName the entity
	 * @return the column
	 * @throws BulkMappingException if the table does not have it
	 */
	TableColumn column(String expression, String attribute, String entityName) {
		ColumnName sought = new ColumnName(expression);
		return this.columns.stream()
			.filter((column) -> sought.matches(column.name()))
			.findFirst()
			.orElseThrow(() -> new BulkMappingException(entityName,
					"Column '%s' of attribute '%s' of %s does not exist in the table %s; its columns are %s".formatted(
							sought.plain(), attribute, entityName, this.name,
							this.columns.stream().map(TableColumn::name).toList())));
	}

}
