package io.uno.bulk;

import java.util.List;

/**
 * How a bulk operation is done, and why.
 *
 * @param strategy the way chosen
 * @param reason why it was chosen, a clause that follows "because"
 * @param table the table that is written to
 * @param columns the columns that are written, in order
 * @param statements the statements, in order
 * @since 0.1.0
 */
public record BulkPlan(BulkStrategy strategy, String reason, String table, List<String> columns,
		List<String> statements) {

	/**
	 * Create a plan.
	 * @param strategy the way chosen
	 * @param reason why it was chosen, a clause that follows "because"
	 * @param table the table that is written to
	 * @param columns the columns that are written, in order
	 * @param statements the statements, in order
	 */
	public BulkPlan {
		columns = List.copyOf(columns);
		statements = List.copyOf(statements);
	}

	@Override
	public String toString() {
		return "%s; because %s".formatted(this.strategy.description(), this.reason);
	}

}
