package io.uno.schema;

import io.uno.schema.SchemaModel.Column;

/**
 * Renders what stands behind the name of a column. Type, default and collation come from
 * the server, which has quoted them.
 */
final class ColumnDefinition {

	private ColumnDefinition() {
	}

	static String of(Column column) {
		StringBuilder definition = new StringBuilder(column.type());
		if (column.collation() != null) {
			definition.append(" collate ").append(column.collation());
		}
		if (column.defaultExpression() != null) {
			definition.append(" default ").append(column.defaultExpression());
		}
		if (column.generation() != null) {
			definition.append(' ').append(column.generation());
		}
		return column.notNull() ? definition.append(" not null").toString() : definition.toString();
	}

}
