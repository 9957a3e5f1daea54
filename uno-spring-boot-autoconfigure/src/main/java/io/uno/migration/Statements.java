package io.uno.migration;

import java.util.List;

import io.uno.dialect.Identifiers;
import io.uno.schema.Plan;
import io.uno.schema.Plan.Statement;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Executes a plan and its inverse in the schema that they are meant for.
 */
final class Statements {

	private final String database;

	private final JdbcOperations jdbc;

	private final String defaultSchema;

	Statements(String database, JdbcOperations jdbc, String defaultSchema) {
		this.database = database;
		this.jdbc = jdbc;
		this.defaultSchema = defaultSchema;
	}

	void apply(Plan plan) {
		execute(plan.statements().stream().map(Statement::sql).toList());
	}

	void undo(Plan plan) {
		execute(plan.inverse());
	}

	/**
	 * All in one, as Flyway executes a file.
	 */
	private void execute(List<String> statements) {
		try {
			this.jdbc.execute("set search_path to %s; %s".formatted(Identifiers.quote(this.defaultSchema),
					String.join("; ", statements)));
		}
		catch (DataAccessException ex) {
			throw ProofFailure.of(this.database,
					"%s fails: %s".formatted(statements, ex.getMostSpecificCause().getMessage()), ex);
		}
	}

}
