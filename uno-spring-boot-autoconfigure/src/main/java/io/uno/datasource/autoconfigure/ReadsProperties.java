package io.uno.datasource.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reads find their replicas. Immutable.
 *
 * @param probeInterval time between two questions to a replica whether it is there and
 * what it does.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "uno.reads", ignoreUnknownFields = false)
public record ReadsProperties(@DefaultValue("1s") Duration probeInterval) {

	public ReadsProperties {
		if (probeInterval.toMillis() < 1) {
			throw new IllegalArgumentException(
					"'uno.reads.probe-interval' is %s, but must be at least 1ms".formatted(probeInterval));
		}
	}

}
