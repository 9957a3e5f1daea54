package io.uno.datasource;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How the nodes of a database are watched. Immutable.
 *
 * @param interval time between two questions to a node, more or less, so that many
 * instances of an application don't ask in step
 * @param timeout how long a node may take to answer
 * @param maxLag how far a replica may be behind before nothing is read from it
 * @since 0.1.0
 */
public record MonitorSettings(Duration interval, Duration timeout, Duration maxLag) {

	/**
	 * A question each second, 100 ms for an answer, 10 s of lag.
	 */
	public static final MonitorSettings DEFAULTS = new MonitorSettings(Duration.ofSeconds(1), Duration.ofMillis(100),
			Duration.ofSeconds(10));

	public MonitorSettings {
		Assert.isTrue(interval.toMillis() > 0, () -> "Interval %s must be at least 1ms".formatted(interval));
		Assert.isTrue(timeout.toMillis() > 0, () -> "Timeout %s must be at least 1ms".formatted(timeout));
		Duration least = interval;
		Assert.isTrue(maxLag.compareTo(least) >= 0,
				() -> "Max lag %s must not be below the interval %s".formatted(maxLag, least));
	}

}
