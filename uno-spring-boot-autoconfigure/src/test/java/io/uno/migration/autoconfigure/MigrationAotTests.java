package io.uno.migration.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import io.uno.aot.AheadOfTime;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time, compiles what comes of it, and starts it.
 */
class MigrationAotTests {

	private static final Map<String, Object> PROPERTIES = Map.of("uno.default-database", "atlas",
			"uno.databases.atlas.url", "jdbc:h2:mem:aot-atlas", "uno.databases.atlas.username", "sa",
			"uno.databases.journal.url", "jdbc:h2:mem:aot-journal", "uno.databases.journal.username", "sa",
			"uno.databases.journal.flyway.table", "history");

	@Test
	void processedApplicationMigratesAsTheOriginal(@TempDir Path directory) throws Exception {
		AheadOfTime aheadOfTime = new AheadOfTime(MigrationAotTests.class, Application.class, PROPERTIES);
		try (GenericApplicationContext context = aheadOfTime.start(directory)) {
			assertThat(aheadOfTime.singletons())
				.noneMatch((name) -> name.startsWith("atlas.") || name.startsWith("journal."))
				.doesNotContain("everywhere", "journalOnly");
			assertThat(context.getBeanNamesForType(Flyway.class)).containsExactlyInAnyOrder("atlas.flyway",
					"journal.flyway");
			assertThat(context.getBeanNamesForType(FlywayMigrationInitializer.class)).hasSize(2);
			assertThat(installedBy(context, "atlas")).isEqualTo("everywhere");
			assertThat(installedBy(context, "journal")).isEqualTo("everywhere, journal");
			assertThat(context.getBean("journal.flyway", Flyway.class).getConfiguration().getTable())
				.isEqualTo("history");
		}
	}

	private static String installedBy(GenericApplicationContext context, String database) {
		return context.getBean(database + ".flyway", Flyway.class).getConfiguration().getInstalledBy();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ UnoDataSourceAutoConfiguration.class, UnoMigrationAutoConfiguration.class,
			UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class })
	static class Application {

		@Bean
		@Order(2)
		@Qualifier("journal")
		FlywayConfigurationCustomizer journalOnly() {
			return (configuration) -> configuration.installedBy(configuration.getInstalledBy() + ", journal");
		}

		@Bean
		@Order(1)
		FlywayConfigurationCustomizer everywhere() {
			return (configuration) -> configuration.installedBy("everywhere");
		}

	}

}
