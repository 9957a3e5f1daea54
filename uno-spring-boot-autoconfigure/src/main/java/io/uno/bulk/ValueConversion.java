package io.uno.bulk;

import org.hibernate.HibernateException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * Turns an attribute's value into the class that an encoder takes, through Hibernate's
 * converters and Java types, so that {@code COPY} writes what Hibernate would.
 */
final class ValueConversion {

	private final JdbcMapping mapping;

	private final Class<?> target;

	private final WrapperOptions options;

	private final @Nullable TemporalConversion temporal;

	ValueConversion(JdbcMapping mapping, Class<?> target, SessionFactoryImplementor sessionFactory) {
		this.mapping = mapping;
		this.target = target;
		this.options = sessionFactory.getWrapperOptions();
		this.temporal = TemporalConversion.supports(target) ? new TemporalConversion(mapping, target, sessionFactory)
				: null;
	}

	/**
	 * Convert a value.
	 * @param value the attribute's value
	 * @return the column's value, or {@code null} when a converter says so
	 * @throws RowRefusedException if the value cannot be converted
	 */
	@Nullable Object convert(Object value) throws RowRefusedException {
		Object relational = relational(value);
		if (relational == null) {
			return null;
		}
		if (this.temporal != null) {
			return this.temporal.convert(relational);
		}
		return this.target.isInstance(relational) ? relational : unwrap(relational);
	}

	private @Nullable Object relational(Object value) throws RowRefusedException {
		if (this.mapping.getValueConverter() == null) {
			return value;
		}
		try {
			return this.mapping.convertToRelationalValue(value);
		}
		catch (RuntimeException ex) {
			throw new RowRefusedException("its converter failed: " + ex, ex);
		}
	}

	private Object unwrap(Object relational) throws RowRefusedException {
		try {
			return (this.target == Long.class && !(relational instanceof Number)) ? number(relational)
					: unwrap(relational, this.target);
		}
		catch (HibernateException | ArithmeticException ex) {
			throw new RowRefusedException("%s cannot be turned into %s: %s".formatted(relational.getClass().getName(),
					this.target.getName(), ex.getMessage()), ex);
		}
	}

	/**
	 * What is no number, such as an offset in seconds, turns into the one that Hibernate
	 * binds only.
	 */
	private Object number(Object relational) {
		return ((Number) unwrap(relational, this.mapping.getJdbcType().getPreferredJavaTypeClass(this.options)))
			.longValue();
	}

	@SuppressWarnings("unchecked") // the mapping's Java type is that of its values
	private <T> T unwrap(Object relational, Class<T> type) {
		return ((JavaType<Object>) this.mapping.getJdbcJavaType()).unwrap(relational, type, this.options);
	}

}
