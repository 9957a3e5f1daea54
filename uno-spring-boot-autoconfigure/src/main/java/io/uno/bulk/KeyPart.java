package io.uno.bulk;

import org.hibernate.metamodel.mapping.JdbcMapping;
import org.jspecify.annotations.Nullable;

/**
 * One column of a unique key.
 *
 * @param attribute the path of the attribute
 * @param column the column as Hibernate writes it in SQL
 * @param jdbcMapping how Hibernate binds its values
 * @param path the way from the entity to the value, or to the referenced entity
 * @param reference the referenced entity's keys, or {@code null} when the part is a value
 */
record KeyPart(String attribute, String column, JdbcMapping jdbcMapping, ValuePath path,
		@Nullable ReferenceTarget reference) {

}
