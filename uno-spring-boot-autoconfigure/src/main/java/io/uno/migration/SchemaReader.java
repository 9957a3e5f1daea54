package io.uno.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.uno.migration.ScratchDatabases.ScratchDatabase;
import io.uno.schema.SchemaModel;
import org.flywaydb.core.api.configuration.Configuration;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Reads what scratch databases hold, without Flyway's own table.
 */
final class SchemaReader {

	private static final String SCHEMAS = """
			select nspname from pg_namespace
			where nspname <> ? and nspname <> 'information_schema' and nspname !~ '^pg_'
			order by nspname collate "C"
			""";

	private final String defaultSchema;

	private final String historyTable;

	private SchemaReader(String defaultSchema, String historyTable) {
		this.defaultSchema = defaultSchema;
		this.historyTable = historyTable;
	}

	/**
	 * The schema that migrations create objects in unless they say otherwise is the one
	 * that Flyway is told, or else the server's.
	 */
	static SchemaReader of(MigrationRequest request, ScratchDatabase database) {
		Configuration flyway = request.flyway();
		return new SchemaReader(defaultSchema(flyway, database), flyway.getTable());
	}

	private static String defaultSchema(Configuration flyway, ScratchDatabase database) {
		if (flyway.getDefaultSchema() != null) {
			return flyway.getDefaultSchema();
		}
		if (flyway.getSchemas().length > 0) {
			return flyway.getSchemas()[0];
		}
		return JdbcClient.create(database.dataSource()).sql("select current_schema()").query(String.class).single();
	}

	String defaultSchema() {
		return this.defaultSchema;
	}

	SchemaModel read(ScratchDatabase database) {
		List<String> schemas = new ArrayList<>(List.of(this.defaultSchema));
		schemas.addAll(JdbcClient.create(database.dataSource())
			.sql(SCHEMAS)
			.param(this.defaultSchema)
			.query(String.class)
			.list());
		try (Connection connection = DataSourceUtils.doGetConnection(database.dataSource())) {
			return SchemaModel.read(connection, schemas).without(this.defaultSchema, this.historyTable);
		}
		catch (SQLException ex) {
			throw new MigrationNotGeneratedException("A scratch database can't be read: " + ex.getMessage(),
					"See to it that the scratch server can be reached.", ex);
		}
	}

}
