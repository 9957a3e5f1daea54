package io.uno.bulk;

import java.sql.Connection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How rows of one entity get into its table: made once, after the mapping was compared
 * with the table.
 *
 * @param mapping the entity's mapping
 * @param postgres whether the server is PostgreSQL
 * @param identifiers how rows without an id get one
 * @param plan what is told about it
 * @param sinks opens where the rows go
 * @param secured the plan for whoever the table's row security applies to, {@code null}
 * if that makes no difference
 */
record TablePlan(EntityMapping mapping, boolean postgres, IdentifierPlan identifiers, BulkPlan plan, SinkFactory sinks,
		@Nullable TablePlan secured) {

	static TablePlan of(EntityMapping mapping, boolean postgres, IdentifierPlan identifiers, BulkStrategy strategy,
			String reason, List<String> statements, SinkFactory sinks) {
		BulkPlan plan = new BulkPlan(strategy, reason, mapping.table(),
				mapping.columns().stream().map(MappedColumn::name).toList(), statements);
		return new TablePlan(mapping, postgres, identifiers, plan, sinks, null);
	}

	TablePlan orSecured(TablePlan other) {
		return new TablePlan(this.mapping, this.postgres, this.identifiers, this.plan, this.sinks, other);
	}

	RowSink open(Connection connection) {
		return this.sinks.open(connection);
	}

	/**
	 * Opens where rows go.
	 */
	@FunctionalInterface
	interface SinkFactory {

		RowSink open(Connection connection);

	}

}
