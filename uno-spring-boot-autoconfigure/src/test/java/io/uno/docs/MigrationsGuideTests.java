package io.uno.docs;

import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.migration.autoconfigure.UnoMigrationAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of the page on migrations, as far as their servers are not asked.
 */
class MigrationsGuideTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
				UnoMigrationAutoConfiguration.class, UnoRoutingAutoConfiguration.class,
				DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class))
		.withInitializer(new YamlFile("docs/migrations.yml"))
		.withPropertyValues("ATLAS_PASSWORD=secret", "ATLAS_OWNER_PASSWORD=owner's secret")
		.withUserConfiguration(Migrations.class);

	@Test
	void placesAreMergedForEachDatabase() {
		this.runner.run((context) -> {
			assertThat(List.of(configuration(context, "atlas"), configuration(context, "journal")))
				.allSatisfy((configuration) -> {
					assertThat(configuration.isValidateMigrationNaming()).isTrue();
					assertThat(configuration.getConnectRetries()).isEqualTo(3);
				});
			assertThat(locations(context, "atlas")).containsExactly("classpath:db/migration/atlas");
			assertThat(locations(context, "journal")).containsExactly("classpath:db/migration/journal");
		});
	}

	@Test
	void ownerMigratesItsDatabaseAndTheApplicationWorksOnIt() {
		this.runner.run((context) -> {
			SimpleDriverDataSource owner = (SimpleDriverDataSource) configuration(context, "atlas").getDataSource();
			assertThat(owner.getUrl()).isEqualTo("jdbc:postgresql://db-1/atlas");
			assertThat(owner.getUsername()).isEqualTo("atlas_owner");
			assertThat(owner.getPassword()).isEqualTo("owner's secret");
			assertThat(context.getBean("atlas.main", HikariDataSource.class).getUsername()).isEqualTo("atlas_app");
			assertThat(configuration(context, "journal").getDataSource())
				.isSameAs(context.getBean("journal.main", DataSource.class));
		});
	}

	@Test
	void beansApplyToEveryDatabaseOrToTheOneTheyName() {
		this.runner.run((context) -> {
			assertThat(configuration(context, "atlas").getInstalledBy()).isEqualTo("everywhere");
			assertThat(configuration(context, "journal").getInstalledBy()).isEqualTo("everywhere");
			assertThat(configuration(context, "atlas").getCallbacks()).isEmpty();
			assertThat(configuration(context, "journal").getCallbacks()).singleElement()
				.isInstanceOf(JournalCallback.class);
			assertThat(context.getBean(Flyway.class)).isSameAs(context.getBean("atlas.flyway"));
		});
	}

	private static Configuration configuration(ApplicationContext context, String database) {
		return context.getBean(database + ".flyway", Flyway.class).getConfiguration();
	}

	private static List<String> locations(ApplicationContext context, String database) {
		return Arrays.stream(configuration(context, database).getLocations()).map(Object::toString).toList();
	}

	@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
	static class Migrations {

		@Bean
		FlywayConfigurationCustomizer everywhere() {
			return (configuration) -> configuration.installedBy("everywhere");
		}

		@Bean
		@Qualifier("journal")
		Callback journalOnly() {
			return new JournalCallback();
		}

		@Bean
		FlywayMigrationStrategy withoutServers() {
			return (flyway) -> {
			};
		}

	}

	/**
	 * Does nothing.
	 */
	static class JournalCallback extends BaseCallback {

		@Override
		public boolean supports(Event event, Context context) {
			return false;
		}

		@Override
		public void handle(Event event, Context context) {
		}

	}

}
