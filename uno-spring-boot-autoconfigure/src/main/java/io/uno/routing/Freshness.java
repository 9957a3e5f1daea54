package io.uno.routing;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.Assert;

/**
 * What a read demands of a replica. Immutable.
 *
 * <pre class="code">
 * Statistics statistics = routing.freshness(Freshness.atMost(Duration.ofSeconds(2))).call(this::statistics);
 * </pre>
 *
 * @param level the kind of demand
 * @param bound by how much the replica may be behind, {@code null} unless the level is
 * {@link Level#AT_MOST}
 * @since 0.1.0
 */
public record Freshness(Level level, @Nullable Duration bound) {

	private static final Freshness ANY = new Freshness(Level.ANY, null);

	private static final Freshness OWN_WRITES = new Freshness(Level.OWN_WRITES, null);

	private static final Freshness LATEST = new Freshness(Level.LATEST, null);

	public Freshness {
		Assert.isTrue((level == Level.AT_MOST) == (bound != null),
				() -> "Freshness %s %s a bound".formatted(level, (level == Level.AT_MOST) ? "needs" : "can't have"));
		Assert.isTrue(bound == null || bound.toNanos() > 0,
				() -> "Bound %s of a freshness must be positive".formatted(bound));
	}

	/**
	 * Any replica that is up.
	 * @return the demand
	 */
	public static Freshness any() {
		return ANY;
	}

	/**
	 * A replica that has everything that had been written some time ago.
	 * @param bound how long ago; below the probe interval no replica would ever do
	 * @return the demand
	 */
	public static Freshness atMost(Duration bound) {
		return new Freshness(Level.AT_MOST, bound);
	}

	/**
	 * A replica that has everything that the caller has written.
	 * @return the demand
	 */
	public static Freshness ownWrites() {
		return OWN_WRITES;
	}

	/**
	 * The primary.
	 * @return the demand
	 */
	public static Freshness latest() {
		return LATEST;
	}

	/**
	 * Reads a demand.
	 * @param text {@code any}, {@code own-writes}, {@code latest}, or a duration such as
	 * {@code 2s}
	 * @return the demand
	 * @throws IllegalArgumentException if it is none of these
	 */
	public static Freshness parse(String text) {
		return switch (text.strip().toLowerCase(Locale.ROOT).replace('_', '-')) {
			case "any" -> ANY;
			case "own-writes" -> OWN_WRITES;
			case "latest" -> LATEST;
			default -> atMost(duration(text));
		};
	}

	private static Duration duration(String text) {
		try {
			return DurationFormatterUtils.detectAndParse(text.strip());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'%s' is no freshness; expected 'any', 'own-writes', 'latest' or a duration such as '2s'"
						.formatted(text),
					ex);
		}
	}

	@Override
	public String toString() {
		return (this.bound != null) ? DurationFormatterUtils.print(this.bound, DurationFormat.Style.SIMPLE)
				: this.level.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * A kind of demand.
	 */
	public enum Level {

		/** Any replica that is up. */
		ANY,

		/** A replica that is behind by no more than a time. */
		AT_MOST,

		/** A replica that has what the caller has written. */
		OWN_WRITES,

		/** The primary. */
		LATEST

	}

}
