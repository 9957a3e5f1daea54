package io.uno.type;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * How the values of one Java class are kept in one column type of PostgreSQL. This is the
 * single definition from which Hibernate's mapping, JDBC parameters, binary {@code COPY}
 * and the text form are made.
 *
 * <p>
 * Implementations are immutable and may be used by any number of threads.
 *
 * @param <T> the Java class
 * @since 0.1.0
 */
public interface ColumnType<T> {

	/**
	 * Return the Java class whose values this type keeps.
	 * @return the Java class
	 */
	Class<T> javaType();

	/**
	 * Return the name of the column type as PostgreSQL's catalog has it.
	 * @return the name, such as {@code point}
	 */
	String typeName();

	/**
	 * Return the text form that PostgreSQL reads and writes.
	 * @param value the value
	 * @return its text form
	 */
	String format(T value);

	/**
	 * Return the value of a text form.
	 * @param text what {@link #format} or PostgreSQL wrote
	 * @return the value
	 * @throws IllegalArgumentException if the text is not a value of this type
	 */
	T parse(String text);

	/**
	 * Return the length of the binary form.
	 * @param value the value
	 * @return the number of bytes that {@link #write} puts
	 */
	int binaryLength(T value);

	/**
	 * Put the binary form that PostgreSQL receives, without its length.
	 * @param value the value
	 * @param target a big-endian buffer with {@link #binaryLength} bytes remaining
	 */
	void write(T value, ByteBuffer target);

	/**
	 * Return the column types that uno brings, all of which are registered with Hibernate
	 * when uno is on the class path.
	 * @return the column types
	 */
	static List<ColumnType<?>> all() {
		return List.of(GeoPointColumnType.INSTANCE, UlidColumnType.INSTANCE);
	}

	/**
	 * Find the column type that uno brings for a Java class.
	 * @param <T> the Java class
	 * @param javaType the Java class
	 * @return its column type, if uno brings one
	 */
	@SuppressWarnings("unchecked") // a column type keeps values of its javaType()
	static <T> Optional<ColumnType<T>> of(Class<T> javaType) {
		return all().stream()
			.filter((type) -> type.javaType() == javaType)
			.map((type) -> (ColumnType<T>) type)
			.findFirst();
	}

}
