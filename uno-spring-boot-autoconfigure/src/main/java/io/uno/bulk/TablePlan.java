package io.uno.bulk;

import java.sql.Connection;
import java.util.List;

/**
 * How rows of one entity get into its table: made once, after the mapping was compared
 * with the table.
 *
 * @param mapping the entity's mapping
 * @param postgres whether the server is PostgreSQL
 * @param identifiers how rows without an id get one
 * @param plan what is told about it
 * @param sinks opens where the rows go
 */
record TablePlan(EntityMapping mapping, boolean postgres, IdentifierPlan identifiers, BulkPlan plan,
		SinkFactory sinks) {

	static TablePlan of(EntityMapping mapping, boolean postgres, IdentifierPlan identifiers, BulkStrategy strategy,
			String reason, List<String> statements, SinkFactory sinks) {
		BulkPlan plan = new BulkPlan(strategy, reason, mapping.table(),
				mapping.columns().stream().map(MappedColumn::name).toList(), statements);
		return new TablePlan(mapping, postgres, identifiers, plan, sinks);
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
