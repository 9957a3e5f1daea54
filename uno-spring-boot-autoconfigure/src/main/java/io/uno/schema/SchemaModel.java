package io.uno.schema;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the schemas of a database hold, as its server tells it. The model that entities
 * want and the one that migrations build are read by the same queries, so that both speak
 * the server's language and nothing is compared by the text that somebody wrote.
 * Immutable.
 *
 * <pre class="code">
 * SchemaModel actual = SchemaModel.read(connection, List.of("public"));
 * </pre>
 *
 * @param defaultSchema the schema whose objects are named without it
 * @param tables the tables, ordered by schema and name
 * @param objects everything else, ordered likewise
 * @since 0.1.0
 */
public record SchemaModel(String defaultSchema, List<Table> tables, List<SchemaObject> objects) {

	public SchemaModel {
		tables = List.copyOf(tables);
		objects = List.copyOf(objects);
	}

	/**
	 * Reads the model of a PostgreSQL database. What belongs to an extension is left out.
	 * The connection's search path is set to the default schema for the time of reading.
	 * @param connection a connection to the database
	 * @param schemas the schemas to read; the first is the default one
	 * @return their model
	 * @throws org.springframework.dao.DataAccessException if the server refuses a query
	 */
	public static SchemaModel read(Connection connection, Collection<String> schemas) {
		Assert.notEmpty(schemas, "'schemas' must not be empty");
		return new CatalogReader(connection, List.copyOf(schemas)).read();
	}

	/**
	 * Leaves out a table and what hangs on it.
	 * @param schema the schema of the table
	 * @param name the name of the table
	 * @return the model without the table
	 */
	public SchemaModel without(String schema, String name) {
		return new SchemaModel(this.defaultSchema,
				this.tables.stream().filter((table) -> !table.is(schema, name)).toList(),
				this.objects.stream().filter((object) -> !object.isOn(schema, name)).toList());
	}

	/**
	 * Finds a table.
	 * @param schema the schema of the table
	 * @param name the name of the table
	 * @return the table, empty if there is none
	 */
	public Optional<Table> table(String schema, String name) {
		return this.tables.stream().filter((table) -> table.is(schema, name)).findFirst();
	}

	/**
	 * A table.
	 *
	 * @param schema the schema that it lives in
	 * @param name its name
	 * @param kind what it is: an ordinary table, or one that is unlogged, partitioned or
	 * a partition
	 * @param columns its columns in their order
	 * @param constraints its constraints, without those that only say not null
	 * @param indexes its indexes, without those that a constraint brings along
	 */
	public record Table(String schema, String name, String kind, List<Column> columns, List<Constraint> constraints,
			List<Index> indexes) {

		public Table {
			columns = List.copyOf(columns);
			constraints = List.copyOf(constraints);
			indexes = List.copyOf(indexes);
		}

		boolean is(String schema, String name) {
			return this.schema.equals(schema) && this.name.equals(name);
		}

	}

	/**
	 * A column.
	 *
	 * @param name its name
	 * @param type its type with length, precision or scale
	 * @param notNull whether it refuses null
	 * @param defaultExpression its default, {@code null} without one
	 * @param volatileDefault whether the default gives each row another value
	 * @param generation how the server makes its values by itself: as identity or from an
	 * expression; {@code null} if it does not
	 * @param collation its collation where that is not the type's own, else {@code null}
	 */
	public record Column(String name, String type, boolean notNull, @Nullable String defaultExpression,
			boolean volatileDefault, @Nullable String generation, @Nullable String collation) {

	}

	/**
	 * A primary key, unique, foreign key, check or exclusion constraint.
	 *
	 * @param name its name
	 * @param definition what it demands
	 */
	public record Constraint(String name, String definition) {

		/**
		 * Whether it demands something of the values of each row alone.
		 * @return whether it is a check
		 */
		public boolean isCheck() {
			return this.definition.startsWith("CHECK ");
		}

	}

	/**
	 * An index.
	 *
	 * @param name its name
	 * @param definition the statement that creates it, without its name
	 */
	public record Index(String name, String definition) {

	}

	/**
	 * A sequence, view, function, type, trigger, policy, grant or other object.
	 *
	 * @param schema the schema that it lives in
	 * @param relation the table or view that it hangs on, {@code null} if on none
	 * @param kind what it is
	 * @param name its name among those of its kind on the same relation
	 * @param definition what it is made of
	 */
	public record SchemaObject(String schema, @Nullable String relation, String kind, String name, String definition) {

		boolean isOn(String schema, String relation) {
			return this.schema.equals(schema) && relation.equals(this.relation);
		}

	}

}
