package io.uno.bulk;

import org.hibernate.metamodel.mapping.JdbcMapping;

/**
 * A column that Hibernate maps.
 *
 * @param attribute the path of the attribute, such as {@code address.street}
 * @param expression the column as Hibernate writes it in SQL, quoted where needed
 * @param jdbcMapping how Hibernate binds its values
 * @param nullable whether the mapping allows null
 * @param onUpdate what becomes of it when an upsert finds its row
 * @param reader reads its value from a row
 */
record MappedColumn(String attribute, String expression, JdbcMapping jdbcMapping, boolean nullable, OnUpdate onUpdate,
		RowReader reader) {

	String name() {
		return new ColumnName(this.expression).plain();
	}

	String normalizedName() {
		return new ColumnName(this.expression).normalized();
	}

	MappedColumn required() {
		return new MappedColumn(this.attribute, this.expression, this.jdbcMapping, false, this.onUpdate, this.reader);
	}

}
