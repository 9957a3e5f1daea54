package io.uno.datasource.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * How reads find their replicas. Immutable.
 *
 * @param probeInterval time between two questions to a replica whether it is there and
 * what it does.
 * @param repositoryQueries transactions of query methods of repositories that declare
 * none, where a database or a replica is declared.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "uno.reads", ignoreUnknownFields = false)
public record ReadsProperties(@DefaultValue("1s") Duration probeInterval,
		@DefaultValue("read-only") RepositoryQueries repositoryQueries) {

	public ReadsProperties {
		if (probeInterval.toMillis() < 1) {
			throw new IllegalArgumentException(
					"'uno.reads.probe-interval' is %s, but must be at least 1ms".formatted(probeInterval));
		}
	}

	/**
	 * Reads the properties.
	 * @param environment the application's environment
	 * @return what it says of reads
	 */
	public static ReadsProperties from(Environment environment) {
		return Binder.get(environment).bindOrCreate("uno.reads", ReadsProperties.class);
	}

	/**
	 * Which transaction a query method of a repository runs in that declares none.
	 */
	public enum RepositoryQueries {

		/**
		 * In a read-only transaction of its own, unless its caller has begun one.
		 */
		READ_ONLY,

		/**
		 * In none, unless its caller has begun one, as Spring Data has it.
		 */
		AS_DECLARED

	}

}
