package io.uno.sample.load;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What World Atlas is asked to do.
 *
 * @param mode what to do after the import.
 * @param cities CSV file of cities to import instead of the one that World Atlas brings,
 * plain or compressed by gzip.
 */
@ConfigurationProperties("atlas")
public record AtlasProperties(@DefaultValue("serve") Mode mode, @Nullable String cities) {

	/**
	 * What to do after the import.
	 */
	public enum Mode {

		/** Answer requests. */
		SERVE,

		/** End. */
		IMPORT

	}

}
