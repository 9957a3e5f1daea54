package io.uno.bulk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects rows in the binary format of {@code COPY}. It grows for a row that is larger
 * than the buffer, and the row being written can be taken back.
 */
final class CopyBuffer {

	private static final int CAPACITY = 128 * 1024;

	/**
	 * When to send what has been collected: the rows of half the buffer usually leave
	 * room for one more without growing.
	 */
	private static final int FULL = 64 * 1024;

	private static final byte[] SIGNATURE = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0 };

	/**
	 * Beyond this number of characters the JDK's own encoder is faster than a loop.
	 */
	private static final int SHORT_TEXT = 64;

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private byte[] bytes = new byte[CAPACITY];

	private int position;

	private int rowStart;

	byte[] bytes() {
		return this.bytes;
	}

	int length() {
		return this.position;
	}

	boolean isFull() {
		return this.position >= FULL;
	}

	void clear() {
		this.position = 0;
		this.rowStart = 0;
	}

	void putHeader() {
		putRaw(SIGNATURE);
		putInt(0);
		putInt(0);
	}

	void putTrailer() {
		putShort(-1);
	}

	void beginRow(int columns) {
		this.rowStart = this.position;
		putShort(columns);
	}

	void takeBackRow() {
		this.position = this.rowStart;
	}

	void putNull() {
		putInt(-1);
	}

	void putShort(int value) {
		ensure(Short.BYTES);
		SHORT.set(this.bytes, this.position, (short) value);
		this.position += Short.BYTES;
	}

	void putInt(int value) {
		ensure(Integer.BYTES);
		INT.set(this.bytes, this.position, value);
		this.position += Integer.BYTES;
	}

	void putLong(long value) {
		ensure(Long.BYTES);
		LONG.set(this.bytes, this.position, value);
		this.position += Long.BYTES;
	}

	void putByte(int value) {
		ensure(1);
		this.bytes[this.position++] = (byte) value;
	}

	void putRaw(byte[] value) {
		ensure(value.length);
		System.arraycopy(value, 0, this.bytes, this.position, value.length);
		this.position += value.length;
	}

	/**
	 * Make room for a value and return where it goes.
	 * @param length the number of bytes
	 * @return a big-endian buffer of that many bytes
	 */
	ByteBuffer put(int length) {
		ensure(length);
		ByteBuffer target = ByteBuffer.wrap(this.bytes, this.position, length);
		this.position += length;
		return target;
	}

	/**
	 * Put a text and its length in bytes.
	 * @param text the text
	 * @throws RowRefusedException if PostgreSQL cannot keep one of its characters
	 */
	void putText(String text) throws RowRefusedException {
		if (text.length() <= SHORT_TEXT) {
			putShortText(text);
		}
		else {
			putLongText(text);
		}
	}

	private void putShortText(String text) throws RowRefusedException {
		int length = text.length();
		ensure(Integer.BYTES + 3 * length);
		int start = this.position + Integer.BYTES;
		int at = start;
		for (int i = 0; i < length; i++) {
			char character = text.charAt(i);
			if (character >= 0x80 || character == 0) {
				putLongText(text);
				return;
			}
			this.bytes[at++] = (byte) character;
		}
		INT.set(this.bytes, this.position, at - start);
		this.position = at;
	}

	private void putLongText(String text) throws RowRefusedException {
		requireKeepable(text);
		byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
		putInt(encoded.length);
		putRaw(encoded);
	}

	private static void requireKeepable(String text) throws RowRefusedException {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == 0) {
				throw new RowRefusedException(
						"the text has a NUL character at position %d, which PostgreSQL cannot keep".formatted(i + 1));
			}
			if (Character.isSurrogate(character)) {
				if (!isPair(text, i)) {
					throw new RowRefusedException(
							"the text has half a character (an unpaired surrogate) at position %d".formatted(i + 1));
				}
				i++;
			}
		}
	}

	private static boolean isPair(String text, int index) {
		return Character.isHighSurrogate(text.charAt(index)) && index + 1 < text.length()
				&& Character.isLowSurrogate(text.charAt(index + 1));
	}

	private void ensure(int length) {
		if (this.bytes.length - this.position < length) {
			grow(length);
		}
	}

	private void grow(int length) {
		int needed = Math.addExact(this.position, length);
		int doubled = (this.bytes.length > Integer.MAX_VALUE / 2 - 8) ? Integer.MAX_VALUE - 8 : this.bytes.length * 2;
		this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, doubled));
	}

}
