package io.uno.migration.autoconfigure;

import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Two declared databases on H2, for tests of the wiring alone.
 */
final class TwoDatabases {

	private TwoDatabases() {
	}

	/**
	 * All that takes part, and nothing declared.
	 */
	static ApplicationContextRunner undeclared() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(
				UnoDataSourceAutoConfiguration.class, UnoMigrationAutoConfiguration.class,
				UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class));
	}

	static ApplicationContextRunner runner() {
		return declared(undeclared());
	}

	static ApplicationContextRunner withoutFlyway() {
		return declared(
				new ApplicationContextRunner()
					.withClassLoader(new FilteredClassLoader("org.flywaydb", "org.springframework.boot.flyway"))
					.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
							UnoMigrationAutoConfiguration.class, UnoRoutingAutoConfiguration.class,
							DataSourceAutoConfiguration.class)));
	}

	private static ApplicationContextRunner declared(ApplicationContextRunner runner) {
		return runner.withPropertyValues("uno.default-database=atlas", "uno.databases.atlas.url=jdbc:h2:mem:atlas",
				"uno.databases.atlas.username=sa", "uno.databases.atlas.password=",
				"uno.databases.journal.url=jdbc:h2:mem:journal", "uno.databases.journal.username=sa",
				"uno.databases.journal.password=", "uno.databases.journal.replicas.copy.url=jdbc:h2:mem:copy");
	}

}
