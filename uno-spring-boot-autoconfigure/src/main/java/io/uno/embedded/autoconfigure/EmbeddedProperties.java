package io.uno.embedded.autoconfigure;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the PostgreSQL servers that uno starts itself.
 *
 * @param enabled Whether to start a PostgreSQL server for each database without a url.
 * @param replicas Number of streaming replicas of each of these databases, those that are
 * declared without a url included.
 * @param dataDirectory Directory that keeps the data. When it is missing, the data ends
 * with the application.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "uno.embedded", ignoreUnknownFields = false)
public record EmbeddedProperties(@DefaultValue("false") boolean enabled, @DefaultValue("0") int replicas,
		@Nullable Path dataDirectory) {

	static final int MAX_REPLICAS = 8;

	public EmbeddedProperties {
		if (replicas < 0 || replicas > MAX_REPLICAS) {
			throw new IllegalArgumentException(
					"'uno.embedded.replicas' must be from 0 to %d, and is %d".formatted(MAX_REPLICAS, replicas));
		}
	}

}
