package io.uno.datasource;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * A place in the write-ahead log of a database: whoever has replayed up to it has all
 * that was committed before it was taken. Its text, such as {@code atlas:1:0/16B3748},
 * can be put into any message, and {@link #parse parsed} where the message is read.
 * <p>
 * Where a server tells no positions, the {@linkplain #ofTime moment of the write} takes
 * the place of one. Immutable.
 *
 * @param database name of the database
 * @param timeline timeline of the primary, {@code 0} for a moment in time
 * @param value place in the log in bytes (an LSN), or milliseconds since the epoch for a
 * moment in time
 * @since 0.1.0
 */
public record Position(String database, int timeline, long value) {

	private static final Pattern TEXT = Pattern
		.compile("(?s)(?<database>.+):(?<timeline>\\d{1,10}):(?<high>[0-9A-Fa-f]{1,8})/(?<low>[0-9A-Fa-f]{1,8})");

	public Position {
		Assert.hasText(database, "'database' must not be empty");
		Assert.isTrue(timeline >= 0, () -> "Timeline %d must not be negative".formatted(timeline));
	}

	/**
	 * Takes a moment for the position of a write on a server that tells no positions.
	 * @param database name of the database
	 * @param millis when the write was committed, in milliseconds since the epoch
	 * @return the position
	 */
	public static Position ofTime(String database, long millis) {
		return new Position(database, 0, millis);
	}

	/**
	 * Reads the text of a position.
	 * @param text what {@link #toString()} gave
	 * @return the position
	 * @throws IllegalArgumentException if it is the text of none
	 */
	public static Position parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		Assert.isTrue(matcher.matches(),
				() -> "'%s' is no position; expected <database>:<timeline>:<high>/<low>, such as 'atlas:1:0/16B3748'"
					.formatted(text));
		long timeline = Long.parseLong(matcher.group("timeline"));
		Assert.isTrue(timeline <= Integer.MAX_VALUE,
				() -> "Timeline %d of '%s' is too large".formatted(timeline, text));
		long high = Long.parseLong(matcher.group("high"), 16);
		long low = Long.parseLong(matcher.group("low"), 16);
		return new Position(matcher.group("database"), (int) timeline, (high << Integer.SIZE) | low);
	}

	/**
	 * Whether this is a moment in time, as the server tells no positions.
	 * @return {@code true} if {@link #value()} is in milliseconds since the epoch
	 */
	public boolean isTime() {
		return this.timeline == 0;
	}

	/**
	 * Whether it comes after another one of the same database. A later timeline comes
	 * after an earlier one, as does a place in a log after a moment in time.
	 * @param other the other one
	 * @return whether this one is later
	 */
	public boolean isAfter(Position other) {
		return (this.timeline != other.timeline) ? this.timeline > other.timeline
				: Long.compareUnsigned(this.value, other.value) > 0;
	}

	/**
	 * Whether whoever has replayed up to here has everything up to another position. That
	 * can only be told within one timeline: the log of a later one goes on from some
	 * place in the middle of the earlier one, and what came behind that place is lost.
	 */
	boolean reaches(Position other) {
		return this.timeline == other.timeline && !isTime() && Long.compareUnsigned(this.value, other.value) >= 0;
	}

	/**
	 * Its text, the same in every locale.
	 */
	@Override
	public String toString() {
		return this.database + ':' + this.timeline + ':' + hex(this.value >>> Integer.SIZE) + '/'
				+ hex(this.value & 0xFFFF_FFFFL);
	}

	private static String hex(long half) {
		return Long.toHexString(half).toUpperCase(Locale.ROOT);
	}

}
