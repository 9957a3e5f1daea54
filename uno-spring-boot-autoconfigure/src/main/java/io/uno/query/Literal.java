package io.uno.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;

import io.uno.error.InvalidQueryException;
import io.uno.type.ColumnType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;

/**
 * A value in a filter. Equal to a value of the same text, wherever it was written.
 *
 * @param kind how it is written
 * @param text its text, without quotes
 * @param given the value itself, where it was given as an object
 * @param origin where it was written
 */
record Literal(Kind kind, String text, @Nullable Object given, Origin origin) {

	private static final Set<Class<?>> NUMBERS = Set.of(Byte.class, Short.class, Integer.class, Long.class, Float.class,
			Double.class, BigInteger.class, BigDecimal.class);

	static Literal written(Kind kind, String text, Origin origin) {
		return new Literal(kind, text, null, origin);
	}

	static Literal given(Object value) {
		return new Literal(kindOf(value), textOf(value), value, Origin.CODE);
	}

	private static Kind kindOf(Object value) {
		if (value instanceof Boolean) {
			return Kind.BOOLEAN;
		}
		return isNumber(value) ? Kind.NUMBER : Kind.TEXT;
	}

	/**
	 * Neither infinity nor what is not a number is written in digits.
	 */
	private static boolean isNumber(Object value) {
		if (value instanceof Float || value instanceof Double) {
			return Double.isFinite(((Number) value).doubleValue());
		}
		return NUMBERS.contains(value.getClass());
	}

	private static String textOf(Object value) {
		return (value instanceof Enum<?> constant) ? constant.name() : textOf(value, value.getClass());
	}

	private static <T> String textOf(Object value, Class<T> type) {
		return ColumnType.of(type).map((column) -> column.format(type.cast(value))).orElseGet(value::toString);
	}

	/**
	 * Return this value as the attribute holds it.
	 * @param path the path to the attribute
	 * @param attribute the attribute
	 * @return the value of the attribute's type
	 * @throws InvalidQueryException if it is none
	 */
	Object valueFor(AttributePath path, ResolvedPath attribute) {
		Class<?> type = attribute.javaType();
		if (type.isInstance(this.given)) {
			return this.given;
		}
		if (!isConvertible() || !this.kind.fits(type)) {
			throw refuse(path, type, null);
		}
		try {
			return converted(attribute, type);
		}
		catch (RuntimeException ex) {
			throw refuse(path, type, ex);
		}
	}

	/**
	 * What was given as an object of another class is not taken by its
	 * {@code toString()}.
	 */
	private boolean isConvertible() {
		return this.given == null || this.given instanceof String || this.given instanceof Number;
	}

	private Object converted(ResolvedPath attribute, Class<?> type) {
		if (type == Boolean.class) {
			return bool();
		}
		ConversionService conversions = DefaultConversionService.getSharedInstance();
		if (!isKnownToHibernate(type) && conversions.canConvert(String.class, type)) {
			return required(conversions.convert(this.text, type));
		}
		return required(attribute.hibernateType().fromString(this.text));
	}

	/**
	 * Hibernate is stricter than Spring, which trims and takes {@code yes} for true, but
	 * reads an unknown serializable class as hexadecimal bytes.
	 */
	private static boolean isKnownToHibernate(Class<?> type) {
		return type.isEnum() || type.isArray() || type.getName().startsWith("java.") || ColumnType.of(type).isPresent();
	}

	private Object bool() {
		if (!this.text.equals("true") && !this.text.equals("false")) {
			throw new IllegalArgumentException("Neither true nor false");
		}
		return Boolean.valueOf(this.text);
	}

	private static Object required(@Nullable Object value) {
		if (value == null) {
			throw new IllegalArgumentException("No value");
		}
		return value;
	}

	private InvalidQueryException refuse(AttributePath path, Class<?> type, @Nullable RuntimeException cause) {
		InvalidQueryException failure = this.origin
			.refuse("%s is not a value of attribute '%s', which is of type %s".formatted(this, path, described(type)));
		if (cause != null) {
			failure.initCause(cause);
		}
		return failure;
	}

	private static String described(Class<?> type) {
		if (type.isEnum()) {
			return type.getSimpleName() + " " + Arrays.toString(type.getEnumConstants());
		}
		return type.getSimpleName();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Literal literal && this.kind == literal.kind && this.text.equals(literal.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return (this.kind == Kind.TEXT) ? "'" + this.text.replace("'", "''") + "'" : this.text;
	}

	/**
	 * How a value is written.
	 */
	enum Kind {

		/** In single quotes, a quote doubled; a value of any type may be written so. */
		TEXT {
			@Override
			boolean fits(Class<?> type) {
				return true;
			}
		},

		/** With digits, sign, point and exponent. */
		NUMBER {
			@Override
			boolean fits(Class<?> type) {
				return Number.class.isAssignableFrom(type);
			}
		},

		/** As true or false. */
		BOOLEAN {
			@Override
			boolean fits(Class<?> type) {
				return type == Boolean.class;
			}
		};

		abstract boolean fits(Class<?> type);

	}

}
