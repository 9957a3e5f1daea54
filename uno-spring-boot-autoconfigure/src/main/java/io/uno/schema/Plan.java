package io.uno.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The ordered statements that turn an actual schema into the wanted one. Immutable.
 *
 * <pre class="code">
 * Plan plan = Plan.between(actual, wanted);
 * plan.statements().forEach((statement) -&gt; log.info("{}; undone by {}", statement.sql(), statement.inverse()));
 * </pre>
 *
 * What it can do is to add columns that are nullable or have a default. Any other
 * difference is told and leads to no statement. Constraints and indexes are compared by
 * what they say; their names are not.
 *
 * @param statements the statements, without a semicolon, in the order of their execution
 * @param unresolved the differences that they do not resolve
 * @since 0.1.0
 */
public record Plan(List<Statement> statements, List<Difference> unresolved) {

	public Plan {
		statements = List.copyOf(statements);
		unresolved = List.copyOf(unresolved);
	}

	/**
	 * Plans the way from one schema to another.
	 * @param actual the schema as it is
	 * @param wanted the schema as it is to be
	 * @return the plan
	 */
	public static Plan between(SchemaModel actual, SchemaModel wanted) {
		return new SchemaComparison(actual, wanted).plan();
	}

	/**
	 * Whether the two schemas were equal.
	 * @return whether there is nothing to do and nothing that could not be resolved
	 */
	public boolean isEmpty() {
		return this.statements.isEmpty() && this.unresolved.isEmpty();
	}

	/**
	 * The statements that undo this plan.
	 * @return the inverses, the last one first
	 */
	public List<String> inverse() {
		List<String> inverses = new ArrayList<>(this.statements.stream().map(Statement::inverse).toList());
		Collections.reverse(inverses);
		return List.copyOf(inverses);
	}

	/**
	 * A statement of a plan.
	 *
	 * @param schema the schema of the table that it changes
	 * @param table the name of the table
	 * @param sql the statement, without a semicolon
	 * @param inverse the statement that undoes it
	 * @param lock the lock that it takes on the table
	 * @param risk what it does to a large table
	 */
	public record Statement(String schema, String table, String sql, String inverse, Lock lock, Risk risk) {

	}

	/**
	 * A lock that a statement takes on a table until its transaction ends.
	 */
	public enum Lock {

		/**
		 * Nobody else can read or write the table.
		 */
		ACCESS_EXCLUSIVE;

		@Override
		public String toString() {
			return name().replace('_', ' ');
		}

	}

	/**
	 * What a statement does to a table that is large or in use.
	 */
	public enum Risk {

		/**
		 * It takes the same short time whatever the table holds.
		 */
		NONE,

		/**
		 * The server writes every row anew, and holds the lock meanwhile.
		 */
		TABLE_REWRITE;

		@Override
		public String toString() {
			return name().replace('_', ' ').toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A difference that a plan does not resolve. At least one side has a value.
	 *
	 * @param subject what differs, such as {@code type of column city.name}
	 * @param actual how it is, {@code null} where it is not there
	 * @param wanted how it is to be, {@code null} where it is not wanted
	 * @param reason why it is not resolved
	 */
	public record Difference(String subject, @Nullable String actual, @Nullable String wanted, Reason reason) {

	}

	/**
	 * Why a difference is not resolved.
	 */
	public enum Reason {

		/**
		 * No statement is planned for this kind of difference.
		 */
		NOT_SUPPORTED,

		/**
		 * The new column refuses null, and rows that are there have no value for it.
		 */
		DEFAULT_NEEDED

	}

}
