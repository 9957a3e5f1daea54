package io.uno.routing.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * On whose behalf transactions act. Immutable.
 *
 * @param security Whether the database is told the name of the user that Spring Security
 * has authenticated.
 * @param verify what happens at start when row security would not hold back the user that
 * the application connects as.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "uno.context", ignoreUnknownFields = false)
public record ContextProperties(@DefaultValue("true") boolean security, @DefaultValue("fail") Verify verify) {

	static ContextProperties from(Environment environment) {
		return Binder.get(environment).bindOrCreate("uno.context", ContextProperties.class);
	}

	/**
	 * What happens when row security would not hold back the application.
	 */
	public enum Verify {

		/**
		 * The application does not start.
		 */
		FAIL,

		/**
		 * A warning is logged.
		 */
		WARN,

		/**
		 * Nobody looks.
		 */
		OFF

	}

}
