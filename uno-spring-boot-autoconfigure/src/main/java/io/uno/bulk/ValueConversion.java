package io.uno.bulk;

import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.TimeZone;

import org.hibernate.HibernateException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * Turns an attribute's value into the class that an encoder takes, through Hibernate's
 * converters and Java types, so that what {@code COPY} writes is what Hibernate reads.
 */
final class ValueConversion {

	private final JdbcMapping mapping;

	private final Class<?> target;

	private final WrapperOptions options;

	private final @Nullable ZoneId jdbcZone;

	ValueConversion(JdbcMapping mapping, Class<?> target, SessionFactoryImplementor sessionFactory) {
		this.mapping = mapping;
		this.target = target;
		this.options = sessionFactory.getWrapperOptions();
		this.jdbcZone = jdbcZone(mapping, sessionFactory.getSessionFactoryOptions().getJdbcTimeZone());
	}

	/**
	 * Hibernate binds these two through {@code java.sql} classes and a calendar of
	 * {@code hibernate.jdbc.time_zone}, which moves the wall clock.
	 */
	private static @Nullable ZoneId jdbcZone(JdbcMapping mapping, @Nullable TimeZone zone) {
		int sqlType = mapping.getJdbcType().getDefaultSqlTypeCode();
		boolean moved = sqlType == Types.TIMESTAMP || sqlType == Types.TIME;
		return (moved && zone != null) ? zone.toZoneId() : null;
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
		Object converted = this.target.isInstance(relational) ? relational : unwrap(relational);
		return (this.jdbcZone != null) ? moved(converted, this.jdbcZone) : converted;
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

	@SuppressWarnings("unchecked") // the mapping's Java type is that of its values
	private Object unwrap(Object relational) throws RowRefusedException {
		try {
			return ((JavaType<Object>) this.mapping.getJdbcJavaType()).unwrap(relational, this.target, this.options);
		}
		catch (HibernateException | ArithmeticException ex) {
			throw new RowRefusedException("%s cannot be turned into %s: %s".formatted(relational.getClass().getName(),
					this.target.getName(), ex.getMessage()), ex);
		}
	}

	private static Object moved(Object value, ZoneId zone) {
		if (value instanceof LocalDateTime timestamp) {
			return timestamp.atZone(ZoneId.systemDefault()).withZoneSameInstant(zone).toLocalDateTime();
		}
		if (value instanceof LocalTime time) {
			return time.atDate(LocalDate.EPOCH).atZone(ZoneId.systemDefault()).withZoneSameInstant(zone).toLocalTime();
		}
		return value;
	}

}
