package io.uno.schema;

import java.util.Locale;

import io.uno.dialect.Identifiers;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/**
 * Name of a table or a sequence as PostgreSQL's catalog has it.
 *
 * @param schema the schema, {@code null} where the server's search path decides
 * @param name the name, without quotes
 */
record TableName(@Nullable String schema, String name) {

	static TableName of(Table table, SqlStringGenerationContext context) {
		return of(table.getSchemaIdentifier(), table.getNameIdentifier(), context);
	}

	static TableName of(@Nullable Identifier explicitSchema, Identifier name, SqlStringGenerationContext context) {
		Identifier schema = context.schemaWithDefault(explicitSchema);
		return new TableName((schema != null) ? fold(schema.getText(), schema.isQuoted()) : null,
				fold(name.getText(), name.isQuoted()));
	}

	/**
	 * Returns the quoted name of a column.
	 */
	static String quote(Column column) {
		return Identifiers.quote(fold(column.getName(), column.isQuoted()));
	}

	/**
	 * The server folds what Hibernate does not quote, and takes two quotes inside a
	 * quoted name for one.
	 */
	private static String fold(String text, boolean quoted) {
		return quoted ? text.replace("\"\"", "\"") : text.toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the quoted name with its schema.
	 */
	String quoted() {
		return qualify(this.name);
	}

	/**
	 * Returns the quoted name of another object in the schema of this table.
	 */
	String qualify(String other) {
		return (this.schema != null) ? Identifiers.qualify(this.schema, other) : Identifiers.quote(other);
	}

	/**
	 * Returns the name of another table that belongs to this one.
	 */
	TableName derive(String suffix) {
		return new TableName(this.schema, Identifiers.derive(this.name, suffix));
	}

}
