package io.uno.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.uno.dialect.Identifiers;
import io.uno.migration.ScratchDatabases.ScratchDatabase;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Creates what entities want. Schemas and extensions come from the migrations: entities
 * say nothing of them.
 */
final class WantedDatabase {

	private static final String PREPARATION = """
			select format('create schema if not exists %I', nspname) from pg_namespace
			where nspname <> 'information_schema' and nspname !~ '^pg_'
			union all
			select format('create extension if not exists %I schema %I', extname, nspname) from pg_extension
			join pg_namespace n on n.oid = extnamespace
			""";

	private WantedDatabase() {
	}

	/**
	 * Creates everything.
	 * @param wanted the empty database
	 * @param actual the database that the migrations have built
	 * @param defaultSchema the schema of what is named without one
	 * @param script the statements that create what is wanted
	 */
	static void fill(ScratchDatabase wanted, ScratchDatabase actual, String defaultSchema, String script) {
		List<String> preparation = JdbcClient.create(actual.dataSource()).sql(PREPARATION).query(String.class).list();
		JdbcTemplate jdbc = new JdbcTemplate(wanted.dataSource());
		jdbc.execute((Connection connection) -> {
			JdbcTemplate single = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			preparation.forEach(single::execute);
			single.execute("set search_path to " + Identifiers.quote(defaultSchema));
			execute(connection, script);
			return wanted;
		});
	}

	/**
	 * The driver takes several statements at once, and knows the bodies of functions.
	 */
	private static void execute(Connection connection, String script) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(script);
		}
	}

}
