package io.uno.bulk;

import org.hibernate.metamodel.mapping.JdbcMapping;

/**
 * A column that Hibernate maps.
 *
 * @param attribute the path of the attribute, such as {@code address.street}
 * @param expression the column as Hibernate writes it in SQL, quoted where needed
 * @param jdbcMapping how Hibernate binds its values
 * @param nullable whether the mapping allows null
 * @param reader reads its value from a row
 */
record MappedColumn(String attribute, String expression, JdbcMapping jdbcMapping, boolean nullable, RowReader reader) {

	String name() {
		return new ColumnName(this.expression).plain();
	}

}
