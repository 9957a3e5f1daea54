package io.uno.type;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Keeps a {@link Ulid} in a {@code uuid} of the same bits.
 */
final class UlidColumnType implements ColumnType<Ulid> {

	static final UlidColumnType INSTANCE = new UlidColumnType();

	/**
	 * UUID's own parser takes shorter groups too.
	 */
	private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private UlidColumnType() {
	}

	@Override
	public Class<Ulid> javaType() {
		return Ulid.class;
	}

	@Override
	public String typeName() {
		return "uuid";
	}

	@Override
	public String format(Ulid value) {
		return value.toUuid().toString();
	}

	/**
	 * Parse the column's text form, or the shorter one of the value itself, which people
	 * write.
	 */
	@Override
	public Ulid parse(String text) {
		return UUID_TEXT.matcher(text).matches() ? Ulid.of(UUID.fromString(text)) : Ulid.parse(text);
	}

	@Override
	public int binaryLength(Ulid value) {
		return 2 * Long.BYTES;
	}

	@Override
	public void write(Ulid value, ByteBuffer target) {
		target.putLong(value.mostSignificantBits()).putLong(value.leastSignificantBits());
	}

}
