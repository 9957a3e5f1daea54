package io.uno.type;

import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.AbstractClassJavaType;
import org.hibernate.type.descriptor.java.ImmutableMutabilityPlan;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcTypeIndicators;
import org.hibernate.type.descriptor.jdbc.VarcharJdbcType;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's view of the Java side of a {@link ColumnType}.
 *
 * @param <T> the Java class
 */
final class ColumnJavaType<T> extends AbstractClassJavaType<T> {

	private static final long serialVersionUID = 1L;

	private final transient ColumnType<T> type;

	ColumnJavaType(ColumnType<T> type) {
		super(type.javaType(), ImmutableMutabilityPlan.instance());
		this.type = type;
	}

	@Override
	public JdbcType getRecommendedJdbcType(JdbcTypeIndicators indicators) {
		if (indicators.getDialect() instanceof PostgreSQLDialect) {
			return new ColumnJdbcType<>(this.type);
		}
		return VarcharJdbcType.INSTANCE;
	}

	@Override
	public String toString(T value) {
		return this.type.format(value);
	}

	@Override
	public T fromString(CharSequence string) {
		return this.type.parse(string.toString());
	}

	@Override
	@SuppressWarnings("NullAway") // Hibernate hands null through
	public <X> @Nullable X unwrap(@Nullable T value, Class<X> target, WrapperOptions options) {
		if (value == null) {
			return null;
		}
		if (target.isInstance(value)) {
			return target.cast(value);
		}
		if (target.isAssignableFrom(String.class)) {
			return target.cast(this.type.format(value));
		}
		throw unknownUnwrap(target);
	}

	@Override
	@SuppressWarnings("NullAway") // Hibernate hands null through
	public <X> @Nullable T wrap(@Nullable X value, WrapperOptions options) {
		if (value == null) {
			return null;
		}
		if (value instanceof String text) {
			return this.type.parse(text);
		}
		if (getJavaTypeClass().isInstance(value)) {
			return getJavaTypeClass().cast(value);
		}
		throw unknownWrap(value.getClass());
	}

}
