package io.uno.migration;

import java.util.List;
import java.util.stream.Collectors;

import io.uno.schema.Plan;
import io.uno.schema.Plan.Difference;
import io.uno.schema.Plan.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Refuses plans that leave something out, and says what.
 */
final class UnresolvedDifferences {

	private static final String ACTION = "Write the migration for these by hand and build the application, then generate again.";

	private static final String DEFAULT_ACTION = "Rows that are there need a value for a column that refuses null: "
			+ "give it a default (@ColumnDefault), or let it be nullable. ";

	private UnresolvedDifferences() {
	}

	static void check(String database, Plan plan) {
		if (!plan.unresolved().isEmpty()) {
			throw new MigrationNotGeneratedException(
					"Entities and migrations of database '%s' differ in what can't be generated yet:%n%n%s"
						.formatted(database, list(plan.unresolved())),
					action(plan.unresolved()));
		}
	}

	static String list(List<Difference> differences) {
		return differences.stream()
			.map((difference) -> "    " + describe(difference))
			.collect(Collectors.joining("%n".formatted()));
	}

	private static String describe(Difference difference) {
		if (difference.reason() == Reason.DEFAULT_NEEDED) {
			return "%s has no default: %s".formatted(difference.subject(), difference.wanted());
		}
		return "%s: %s in the entities, %s in the migrations".formatted(difference.subject(), side(difference.wanted()),
				side(difference.actual()));
	}

	private static String side(@Nullable String value) {
		return (value != null) ? "'" + value + "'" : "none";
	}

	private static String action(List<Difference> differences) {
		boolean defaultNeeded = differences.stream()
			.anyMatch((difference) -> difference.reason() == Reason.DEFAULT_NEEDED);
		boolean other = differences.stream().anyMatch((difference) -> difference.reason() != Reason.DEFAULT_NEEDED);
		return ((defaultNeeded ? DEFAULT_ACTION : "") + (other ? ACTION : "")).strip();
	}

}
