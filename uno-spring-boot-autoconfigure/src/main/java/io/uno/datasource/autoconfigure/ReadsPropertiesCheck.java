package io.uno.datasource.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import io.uno.datasource.autoconfigure.DeclaredProperties.DeclaredProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Refuses settings of reads that can't be carried out, as they hold for one database, and
 * names the property that they come from.
 */
final class ReadsPropertiesCheck {

	private static final String COMMON = "uno.reads";

	private static final Set<String> FRESHNESS = Set.of("any", "own-writes", "latest");

	private static final Duration LEAST = Duration.ofMillis(1);

	private final DeclaredProperties declared;

	private final String prefix;

	private final ReadsProperties reads;

	private ReadsPropertiesCheck(Environment environment, String prefix, ReadsProperties reads) {
		this.declared = new DeclaredProperties(environment);
		this.prefix = prefix;
		this.reads = reads;
	}

	/**
	 * For Boot's own data source.
	 */
	static void check(Environment environment) {
		new ReadsPropertiesCheck(environment, COMMON, ReadsProperties.from(environment)).check();
	}

	/**
	 * For a database under {@code uno.databases}.
	 */
	static void check(Environment environment, String database) {
		new ReadsPropertiesCheck(environment, "uno.databases." + database + ".reads",
				ReadsProperties.from(environment, database))
			.check();
	}

	private void check() {
		checkAtLeast(LEAST, "probe-interval", this.reads.probeInterval(), "1s");
		checkAtLeast(LEAST, "probe-timeout", this.reads.probeTimeout(), "100ms");
		checkAtLeast(LEAST, "own-writes-window", this.reads.ownWritesWindow(), "5s");
		checkAtLeast(Duration.ZERO, "catch-up-timeout", this.reads.catchUpTimeout(), "50ms");
		checkMaxLag();
		checkFreshness();
	}

	private void checkAtLeast(Duration least, String name, Duration value, String example) {
		if (value.compareTo(least) < 0) {
			throw invalid(name, "is %s, but has to be at least %s".formatted(print(value), print(least)),
					"Set it to a duration such as '%s', which it is by default.".formatted(example), "Remove it.");
		}
	}

	private void checkMaxLag() {
		Duration maxLag = this.reads.maxLag();
		Duration interval = this.reads.probeInterval();
		if (maxLag.compareTo(interval) >= 0) {
			return;
		}
		if (isDeclared("max-lag")) {
			throw belowInterval("max-lag", maxLag, "within which nobody asks how far a replica is behind");
		}
		throw invalid("probe-interval",
				"is %s, above the maximum lag of %s that nobody would find out in time".formatted(print(interval),
						print(maxLag)),
				"Set it to %s or less.".formatted(print(maxLag)),
				"Set '%s' to %s or more.".formatted(key("max-lag"), print(interval)));
	}

	private void checkFreshness() {
		String freshness = this.reads.freshness().strip();
		if (FRESHNESS.contains(freshness.toLowerCase(Locale.ROOT).replace('_', '-'))) {
			return;
		}
		Duration bound = duration(freshness);
		if (bound == null) {
			throw invalid("freshness",
					"is '%s', which is none of 'any', 'own-writes' and 'latest' and no duration".formatted(freshness),
					"Set it to 'any', 'own-writes' or 'latest'.",
					"Set it to the time that a replica may be behind, such as '2s'.");
		}
		if (bound.compareTo(this.reads.probeInterval()) < 0) {
			throw belowInterval("freshness", bound, "so that no replica is known to be as fresh");
		}
	}

	private static @Nullable Duration duration(String text) {
		try {
			return DurationFormatterUtils.detectAndParse(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private InvalidDatabasesException belowInterval(String name, Duration value, String consequence) {
		Duration interval = this.reads.probeInterval();
		String other = "Set '%s' to %s or less.".formatted(key("probe-interval"), print(value));
		String own = "Set it to %s or more.".formatted(print(interval));
		String problem = "is %s, below the probe interval of %s, %s".formatted(print(value), print(interval),
				consequence);
		return (value.compareTo(LEAST) < 0) ? invalid(name, problem, own) : invalid(name, problem, own, other);
	}

	private InvalidDatabasesException invalid(String name, String problem, String... actions) {
		return new InvalidDatabasesException(key(name), origin(key(name)), problem, actions);
	}

	/**
	 * The property that decides: the database's own, or the one for all of them.
	 */
	private String key(String name) {
		String own = this.prefix + "." + name;
		return this.declared.named(own).isPresent() ? own : COMMON + "." + name;
	}

	private boolean isDeclared(String name) {
		return this.declared.named(key(name)).isPresent();
	}

	private @Nullable Origin origin(String key) {
		return this.declared.named(key).map(DeclaredProperty::origin).orElse(null);
	}

	private static String print(Duration duration) {
		return duration.isZero() ? "0s" : DurationFormatterUtils.print(duration, Style.COMPOSITE);
	}

}
