package io.uno.migration;

import java.util.stream.Collectors;

import io.uno.schema.Plan;
import io.uno.schema.Plan.Statement;

/**
 * A plan as the text of a migration, each statement with its lock, its risk and its
 * inverse.
 *
 * @param plan the plan
 */
record MigrationScript(Plan plan) {

	String text() {
		return this.plan.statements().stream().map(MigrationScript::text).collect(Collectors.joining("\n"));
	}

	private static String text(Statement statement) {
		return """
				-- lock: %s, risk: %s
				-- inverse: %s;
				%s;
				""".formatted(statement.lock(), statement.risk(), comment(statement.inverse()), statement.sql());
	}

	/**
	 * A name may hold line breaks, which would end the comment.
	 */
	private static String comment(String sql) {
		return sql.replaceAll("\\R", " ");
	}

}
