package io.uno.session.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Asynchronous sessions. Immutable.
 *
 * @param queueCapacity Number of calls to a database that may wait while as many are at
 * work as its pool has connections. Further ones are rejected.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "uno.async", ignoreUnknownFields = false)
public record AsyncProperties(@DefaultValue("16384") int queueCapacity) {

	/**
	 * Create properties.
	 * @param queueCapacity number of calls to a database that may wait
	 */
	public AsyncProperties {
		Assert.isTrue(queueCapacity >= 0,
				() -> "'uno.async.queue-capacity' must not be negative, and is %d; 0 has none wait"
					.formatted(queueCapacity));
	}

}
