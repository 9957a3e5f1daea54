package io.uno.type;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

import com.github.f4b6a3.ulid.UlidCreator;
import org.jspecify.annotations.Nullable;

/**
 * A universally unique identifier whose order is the order of its making: 48 bits of
 * time, in milliseconds, and 80 random bits.
 *
 * <p>
 * An attribute of this class needs no annotation: Hibernate keeps it in a column of type
 * {@code uuid} on PostgreSQL, with the same 128 bits and the same order, and in a
 * {@code varchar} of the UUID's text on any other database. Its own text form has 26
 * characters, is safe in URLs, and sorts as the values do.
 *
 * <pre class="code">
 * Ulid id = Ulid.next();                                    // 01K3Z8V6E0Q4W9TJ2M5XRNB7HC
 * Instant made = id.time();
 * Ulid same = Ulid.parse(id.toString());
 * </pre>
 *
 * <p>
 * Immutable, and safe for use by any number of threads.
 *
 * @since 0.1.0
 */
public final class Ulid implements Comparable<Ulid>, Serializable {

	private static final long serialVersionUID = 1L;

	private final com.github.f4b6a3.ulid.Ulid value;

	private Ulid(com.github.f4b6a3.ulid.Ulid value) {
		this.value = value;
	}

	/**
	 * Make a new one. It is greater than all that this method returned before, also
	 * within one millisecond, whichever threads called it.
	 * @return a ULID of the present time
	 */
	public static Ulid next() {
		return new Ulid(UlidCreator.getMonotonicUlid());
	}

	/**
	 * Return the one with the bits of a UUID.
	 * @param uuid any UUID
	 * @return the ULID, of which {@link #toUuid()} returns the same UUID
	 */
	public static Ulid of(UUID uuid) {
		return new Ulid(com.github.f4b6a3.ulid.Ulid.from(uuid));
	}

	/**
	 * Return the one with a text form.
	 * @param text 26 characters of Crockford's base 32, in upper or lower case
	 * @return the ULID
	 * @throws IllegalArgumentException if the text is not a ULID
	 */
	public static Ulid parse(String text) {
		if (!com.github.f4b6a3.ulid.Ulid.isValid(text)) {
			throw new IllegalArgumentException(
					"'%s' is not a ULID: it has 26 characters of Crockford's base 32, the first from 0 to 7"
						.formatted(text));
		}
		return new Ulid(com.github.f4b6a3.ulid.Ulid.from(text));
	}

	/**
	 * Return the one with a text form; the name under which Spring's conversion finds
	 * {@link #parse} for path variables and request parameters.
	 * @param text 26 characters of Crockford's base 32, in upper or lower case
	 * @return the ULID
	 * @throws IllegalArgumentException if the text is not a ULID
	 */
	public static Ulid valueOf(String text) {
		return parse(text);
	}

	/**
	 * Return the UUID with the same bits.
	 * @return the UUID, which PostgreSQL orders as this class does
	 */
	public UUID toUuid() {
		return this.value.toUuid();
	}

	/**
	 * Return when it was made.
	 * @return the time, in whole milliseconds
	 */
	public Instant time() {
		return this.value.getInstant();
	}

	long mostSignificantBits() {
		return this.value.getMostSignificantBits();
	}

	long leastSignificantBits() {
		return this.value.getLeastSignificantBits();
	}

	@Override
	public int compareTo(Ulid other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Ulid ulid && this.value.equals(ulid.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	/**
	 * Return the text form.
	 * @return 26 characters of Crockford's base 32, in upper case
	 */
	@Override
	public String toString() {
		return this.value.toString();
	}

}
