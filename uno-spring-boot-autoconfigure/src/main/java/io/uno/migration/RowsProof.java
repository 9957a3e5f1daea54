package io.uno.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.uno.dialect.Identifiers;
import io.uno.migration.ScratchDatabases.ScratchDatabase;
import io.uno.schema.Plan;
import io.uno.schema.Plan.Risk;
import io.uno.schema.Plan.Statement;
import io.uno.schema.SchemaModel;
import io.uno.schema.SchemaModel.Constraint;
import io.uno.schema.SchemaModel.Table;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Proves that the rows of the tables that a plan changes stay as they are, and that the
 * server rewrites a table only where the plan says so. The tables get a made-up row each,
 * without regard to checks and foreign keys: what matters is that it is there.
 */
final class RowsProof {

	private final String database;

	private final SchemaModel actual;

	private final Plan plan;

	private final List<Table> tables;

	RowsProof(String database, SchemaModel actual, Plan plan) {
		this.database = database;
		this.actual = actual;
		this.plan = plan;
		this.tables = plan.statements()
			.stream()
			.flatMap((statement) -> actual.table(statement.schema(), statement.table()).stream())
			.distinct()
			.toList();
	}

	/**
	 * Runs the proof.
	 * @param copy a copy of what the migrations build
	 * @return the tables without any row, each with the reason
	 * @throws MigrationNotGeneratedException if the proof fails
	 */
	List<String> run(ScratchDatabase copy) {
		SingleConnectionDataSource connection = new SingleConnectionDataSource(
				DataSourceUtils.getConnection(copy.dataSource()), true);
		try {
			return run(new JdbcTemplate(connection));
		}
		finally {
			connection.destroy();
		}
	}

	private List<String> run(JdbcTemplate jdbc) {
		jdbc.execute("set search_path to " + Identifiers.quote(this.actual.defaultSchema()));
		Map<Table, String> failures = insertRows(jdbc);
		Map<Table, TableContent> before = read(jdbc);
		Statements statements = new Statements(this.database, jdbc, this.actual.defaultSchema());
		statements.apply(this.plan);
		check("applied", before, read(jdbc));
		checkRewrites(before, read(jdbc));
		statements.undo(this.plan);
		check("undone", before, read(jdbc));
		statements.apply(this.plan);
		check("applied again", before, read(jdbc));
		return unproven(before, failures);
	}

	private Map<Table, String> insertRows(JdbcTemplate jdbc) {
		Map<Table, String> failures = new LinkedHashMap<>();
		// neither foreign keys nor triggers
		jdbc.execute("set session_replication_role to replica");
		for (Table table : this.tables) {
			dropChecks(jdbc, table);
			SampleRow.insert(jdbc, table).ifPresent((reason) -> failures.put(table, reason));
		}
		jdbc.execute("reset session_replication_role");
		return failures;
	}

	private static void dropChecks(JdbcTemplate jdbc, Table table) {
		table.constraints()
			.stream()
			.filter(Constraint::isCheck)
			.forEach((check) -> jdbc.execute("alter table %s drop constraint if exists %s"
				.formatted(Identifiers.qualify(table.schema(), table.name()), Identifiers.quote(check.name()))));
	}

	private Map<Table, TableContent> read(JdbcTemplate jdbc) {
		Map<Table, TableContent> contents = new LinkedHashMap<>();
		this.tables.forEach((table) -> contents.put(table, TableContent.read(jdbc, table)));
		return contents;
	}

	private void check(String step, Map<Table, TableContent> before, Map<Table, TableContent> after) {
		before.forEach((table, content) -> {
			if (!content.hasRowsOf(Objects.requireNonNull(after.get(table)))) {
				throw ProofFailure.of(this.database,
						"%s, it changes the rows of table '%s'".formatted(step, table.name()), null);
			}
		});
	}

	private void checkRewrites(Map<Table, TableContent> before, Map<Table, TableContent> after) {
		before.forEach((table, content) -> {
			boolean rewritten = !Objects.equals(content.file(), Objects.requireNonNull(after.get(table)).file());
			if (rewritten && !expectsRewrite(table)) {
				throw ProofFailure.of(this.database,
						"the server rewrites table '%s', and the plan does not say so".formatted(table.name()), null);
			}
		});
	}

	private boolean expectsRewrite(Table table) {
		return this.plan.statements()
			.stream()
			.filter((statement) -> isOn(table, statement))
			.anyMatch((statement) -> statement.risk() == Risk.TABLE_REWRITE);
	}

	private static boolean isOn(Table table, Statement statement) {
		return statement.schema().equals(table.schema()) && statement.table().equals(table.name());
	}

	private static List<String> unproven(Map<Table, TableContent> before, Map<Table, String> failures) {
		List<String> unproven = new ArrayList<>();
		failures.forEach((table, reason) -> {
			if (Objects.requireNonNull(before.get(table)).rows() == 0) {
				unproven.add("%s (%s)".formatted(table.name(), reason));
			}
		});
		return unproven;
	}

}
