package io.uno.migration.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.autoconfigure.DatabaseConnectionDetails;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.actuate.endpoint.FlywayEndpoint;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayEndpointAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jdbc.SchemaManagement;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.test.autoconfigure.TestDatabaseAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class UnoMigrationAutoConfigurationTests {

	private final ApplicationContextRunner runner = TwoDatabases.runner();

	@Test
	void registersFlywayAndInitializerOfEachDatabase() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanNamesForType(Flyway.class)).containsExactly("atlas.flyway", "journal.flyway");
			assertThat(context.getBeanNamesForType(FlywayMigrationInitializer.class))
				.containsExactly("atlas.flywayInitializer", "journal.flywayInitializer");
		});
	}

	@Test
	void injectsFlywayOfTheDefaultDatabaseByType() {
		this.runner.run((context) -> assertThat(context.getBean(Flyway.class)).isSameAs(flyway(context, "atlas")));
	}

	@Test
	void migratesThroughThePoolOfTheMainNode() {
		this.runner.run((context) -> {
			assertThat(dataSource(context, "atlas")).isSameAs(context.getBean("atlas.main"));
			assertThat(dataSource(context, "journal")).isSameAs(context.getBean("journal.main"));
		});
	}

	@Test
	void leavesBootsFlywayAloneWithoutDatabases() {
		TwoDatabases.undeclared().withPropertyValues("spring.datasource.url=jdbc:h2:mem:boot").run((context) -> {
			assertThat(context.getBeanNamesForType(Flyway.class)).containsExactly("flyway");
			assertThat(Arrays.stream(context.getBeanDefinitionNames()))
				.noneMatch((name) -> name.contains("io.uno.migration"));
		});
	}

	@Test
	void leavesBootsFlywayAloneBesideReplicas() {
		TwoDatabases.undeclared()
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:boot", "uno.replicas.east.url=jdbc:h2:mem:east")
			.run((context) -> {
				assertThat(context.getBeanNamesForType(Flyway.class)).containsExactly("flyway");
				assertThat(Arrays.stream(context.getBeanDefinitionNames()))
					.noneMatch((name) -> name.contains("io.uno.migration"));
			});
	}

	@Test
	void backsOffWhereTheApplicationHasAFlyway() {
		Flyway own = Flyway.configure().load();
		this.runner.withBean("own", Flyway.class, () -> own)
			.run((context) -> assertThat(context.getBeanNamesForType(Flyway.class)).containsExactly("own"));
	}

	@Test
	void doesNothingWithoutFlyway() {
		TwoDatabases.withoutFlyway()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atlas.flyway"));
	}

	@Test
	void refusesPropertiesWithoutFlyway() {
		TwoDatabases.withoutFlyway()
			.withPropertyValues("uno.flyway.table=history", "uno.databases.journal.flyway.user=owner")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				assertThat(analysis.getDescription())
					.isEqualTo("Flyway is not on the class path, and these properties configure it:\n\n"
							+ "    uno.flyway.table (set in \"uno.flyway.table\" from property source \"test\")\n"
							+ "    uno.databases.journal.flyway.user (set in \"uno.databases.journal.flyway.user\" "
							+ "from property source \"test\")");
				assertThat(analysis.getAction())
					.isEqualTo("Add the dependencies org.springframework.boot:spring-boot-starter-flyway and, for "
							+ "PostgreSQL, org.flywaydb:flyway-database-postgresql, or remove the properties.");
			});
	}

	@Test
	void refusesPropertiesWithoutDatabases() {
		TwoDatabases.undeclared()
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:boot", "uno.flyway.table=history")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				assertThat(analysis.getDescription()).isEqualTo(
						"No database is declared under uno.databases, and these properties apply to such databases "
								+ "only:\n\n    uno.flyway.table (set in \"uno.flyway.table\" from property source \"test\")");
				assertThat(analysis.getAction()).isEqualTo(
						"Set them below spring.flyway, which configures the migrations of Spring Boot's own data source.");
			});
	}

	@Test
	void springFlywayEnabledSwitchesAllOff() {
		this.runner
			.withPropertyValues("spring.flyway.enabled=false", "uno.flyway.enabled=true",
					"uno.databases.atlas.flyway.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Flyway.class));
	}

	@Test
	void enabledOfADatabaseSwitchesThatOneOff() {
		this.runner.withPropertyValues("uno.databases.journal.flyway.enabled=false")
			.run((context) -> assertThat(context.getBeanNamesForType(Flyway.class)).containsExactly("atlas.flyway"));
	}

	@Test
	void enabledOfADatabasePrevailsOverTheCommonOne() {
		this.runner.withPropertyValues("uno.flyway.enabled=false", "uno.databases.journal.flyway.enabled=true")
			.run((context) -> assertThat(context.getBeanNamesForType(Flyway.class)).containsExactly("journal.flyway"));
	}

	@Test
	void moreSpecificPropertyReplacesMoreGeneralOne() {
		this.runner
			.withPropertyValues("spring.flyway.table=general", "spring.flyway.schemas=A,B", "uno.flyway.schemas=C",
					"uno.databases.journal.flyway.table=specific")
			.run((context) -> {
				assertThat(flyway(context, "atlas").getConfiguration().getTable()).isEqualTo("general");
				assertThat(flyway(context, "atlas").getConfiguration().getSchemas()).containsExactly("C");
				assertThat(flyway(context, "journal").getConfiguration().getTable()).isEqualTo("specific");
				assertThat(flyway(context, "journal").getConfiguration().getSchemas()).containsExactly("C");
			});
	}

	@Test
	void placeholdersOfAllLayersComeTogether() {
		this.runner
			.withPropertyValues("spring.flyway.placeholders.one=1", "spring.flyway.placeholders.two=2",
					"uno.flyway.placeholders.two=II", "uno.databases.journal.flyway.placeholders.three=3")
			.run((context) -> {
				assertThat(flyway(context, "atlas").getConfiguration().getPlaceholders())
					.isEqualTo(Map.of("one", "1", "two", "II"));
				assertThat(flyway(context, "journal").getConfiguration().getPlaceholders())
					.isEqualTo(Map.of("one", "1", "two", "II", "three", "3"));
			});
	}

	@Test
	void readsRelaxedNames() {
		this.runner
			.withPropertyValues("spring.flyway.baselineOnMigrate=true", "uno.flyway.clean_disabled=false",
					"uno.databases.journal.flyway.POSTGRESQL.TRANSACTIONAL-LOCK=false")
			.withInitializer(environmentVariables(Map.of("UNO_FLYWAY_LOCKRETRYCOUNT", "7",
					"UNO_DATABASES_JOURNAL_FLYWAY_OUT_OF_ORDER", "true", "UNO_DATABASES_JOURNAL_FLYWAY_LOCATIONS_0",
					"classpath:one", "UNO_DATABASES_JOURNAL_FLYWAY_PLACEHOLDERS_COLOR", "red")))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(flyway(context, "atlas").getConfiguration().isBaselineOnMigrate()).isTrue();
				assertThat(flyway(context, "atlas").getConfiguration().isCleanDisabled()).isFalse();
				assertThat(flyway(context, "atlas").getConfiguration().getLockRetryCount()).isEqualTo(7);
				assertThat(flyway(context, "atlas").getConfiguration().isOutOfOrder()).isFalse();
				assertThat(flyway(context, "journal").getConfiguration().isOutOfOrder()).isTrue();
				assertThat(flyway(context, "journal").getConfiguration().getPlaceholders()).containsEntry("color",
						"red");
				assertThat(locations(context, "journal")).containsExactly("classpath:one");
			});
	}

	@Test
	void looksForMigrationsOfSeveralDatabasesApart() {
		this.runner.run((context) -> {
			assertThat(locations(context, "atlas")).containsExactly("classpath:db/migration/atlas");
			assertThat(locations(context, "journal")).containsExactly("classpath:db/migration/journal");
		});
	}

	@Test
	void looksForMigrationsOfOneDatabaseWhereBootDoes() {
		TwoDatabases.undeclared()
			.withPropertyValues("uno.databases.atlas.url=jdbc:h2:mem:atlas")
			.run((context) -> assertThat(locations(context, "atlas")).containsExactly("classpath:db/migration"));
	}

	@Test
	void missingLocationFailsWithTheKeyThatNamesIt() {
		this.runner
			.withPropertyValues("uno.flyway.fail-on-missing-locations=true", "spring.flyway.locations=classpath:none",
					"uno.databases.atlas.flyway.locations=classpath:META-INF")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				assertThat(analysis.getDescription()).isEqualTo(
						"Migrations of database 'journal' were not found: Unable to resolve location classpath:none.");
				assertThat(analysis.getAction())
					.isEqualTo("Create the location, name another one in spring.flyway.locations, or set "
							+ "spring.flyway.fail-on-missing-locations to false.");
			});
	}

	@Test
	void missingDefaultLocationFailsWithTheKeyToSet() {
		this.runner.withPropertyValues("uno.databases.journal.flyway.fail-on-missing-locations=true")
			.run((context) -> assertThat(analyze(context).getAction())
				.startsWith("Create the location, name another one in uno.databases.journal.flyway.locations,"));
	}

	@Test
	void missingFileSystemLocationFailsWithTheKeyThatNamesIt() {
		this.runner
			.withPropertyValues("uno.databases.journal.flyway.fail-on-missing-locations=true",
					"uno.databases.journal.flyway.locations=filesystem:target/none")
			.run((context) -> assertThat(analyze(context).getDescription()).startsWith(
					"Migrations of database 'journal' were not found: Failed to find filesystem location: target/none"));
	}

	@Test
	void missingLocationIsPassedOverAsInSpringBoot() {
		this.runner.withPropertyValues("uno.flyway.locations=classpath:none")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void misspeltPropertiesFailWithTheNearestNames() {
		this.runner
			.withPropertyValues("uno.flyway.lokations=x",
					"uno.databases.journal.flyway.postgresql.transactional-look=true",
					"uno.databases.journal.flyway.user.name=x", "uno.flyway.placeholders.anything=goes")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				List<String> lines = analysis.getDescription().lines().toList();
				assertThat(lines.get(0)).isEqualTo("There are no such properties of Flyway:");
				assertThat(lines.get(2)).isEqualTo(
						"    uno.flyway.lokations (set in \"uno.flyway.lokations\" from property source \"test\")");
				assertThat(lines.get(3)).startsWith("        Known, nearest first: locations, ");
				assertThat(lines.get(4)).startsWith("    uno.databases.journal.flyway.postgresql.transactional-look ");
				assertThat(lines.get(5)).startsWith("        Known, nearest first: postgresql.transactional-lock, ");
				assertThat(lines.get(6)).startsWith("    uno.databases.journal.flyway.user.name ");
				assertThat(lines).hasSize(8);
				assertThat(analysis.getAction())
					.isEqualTo("Correct or remove them. The names are those that Spring Boot has below spring.flyway.");
			});
	}

	@Test
	void misspeltEnvironmentVariableFails() {
		this.runner.withInitializer(environmentVariables(Map.of("UNO_DATABASES_JOURNAL_FLYWAY_PASWORD", "very-secret")))
			.run((context) -> assertThat(analyze(context).getDescription())
				.contains("    uno.databases.journal.flyway.pasword (set in \"UNO_DATABASES_JOURNAL_FLYWAY_PASWORD\" "
						+ "from property source \"test-systemEnvironment\")")
				.contains("Known, nearest first: password, ")
				.doesNotContain("very-secret"));
	}

	@Test
	void valueThatCannotBeConvertedFailsWithItsKey() {
		this.runner.withPropertyValues("uno.databases.journal.flyway.connect-retries=many")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("For input string: \"many\""));
	}

	@Test
	void userOfADatabaseMigratesItAtItsUrl() {
		this.runner.withPropertyValues("uno.databases.journal.flyway.user=sa", "uno.databases.journal.flyway.password=")
			.run((context) -> {
				SimpleDriverDataSource dataSource = (SimpleDriverDataSource) dataSource(context, "journal");
				assertThat(dataSource.getUrl()).isEqualTo("jdbc:h2:mem:journal");
				assertThat(dataSource.getUsername()).isEqualTo("sa");
			});
	}

	@Test
	void connectionDetailsPrevailOverUser() {
		this.runner.withBean(DatabaseConnectionDetails.class, () -> details("journal", "jdbc:h2:mem:elsewhere"))
			.withPropertyValues("uno.databases.journal.flyway.user=owner")
			.run((context) -> {
				assertThat(dataSource(context, "journal")).isSameAs(context.getBean("journal.main"));
				assertThat(context.getBean("journal.main", HikariDataSource.class).getJdbcUrl())
					.isEqualTo("jdbc:h2:mem:elsewhere");
			});
	}

	@Test
	void flywayConnectionDetailsBelongToTheDefaultDatabase() {
		this.runner.withBean(FlywayConnectionDetails.class, () -> flywayDetails("jdbc:h2:mem:details"))
			.run((context) -> {
				assertThat(((SimpleDriverDataSource) dataSource(context, "atlas")).getUrl())
					.isEqualTo("jdbc:h2:mem:details");
				assertThat(dataSource(context, "journal")).isSameAs(context.getBean("journal.main"));
			});
	}

	@Test
	void qualifiedConnectionDetailsBelongToTheirDatabase() {
		this.runner.withUserConfiguration(JournalConnection.class).run((context) -> {
			assertThat(dataSource(context, "atlas")).isSameAs(context.getBean("atlas.main"));
			assertThat(((SimpleDriverDataSource) dataSource(context, "journal")).getUrl())
				.isEqualTo("jdbc:h2:mem:details");
		});
	}

	@Test
	void flywayDataSourceBelongsToTheDefaultDatabase() {
		this.runner.withUserConfiguration(OwnFlywayDataSource.class).run((context) -> {
			assertThat(dataSource(context, "atlas")).isSameAs(context.getBean("migrations"));
			assertThat(dataSource(context, "journal")).isSameAs(context.getBean("journal.main"));
		});
	}

	@Test
	void endpointListsEachFlyway() {
		this.runner.withConfiguration(AutoConfigurations.of(FlywayEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=flyway")
			.run((context) -> assertThat(Objects
				.requireNonNull(context.getBean(FlywayEndpoint.class).flywayBeans().getContexts().get(context.getId()))
				.getFlywayBeans()).containsOnlyKeys("atlas.flyway", "journal.flyway"));
	}

	@Test
	void tellsHibernateThatTheSchemaIsManaged() {
		this.runner.run((context) -> {
			DataSource routing = context.getBean(DataSource.class);
			assertThat(context.getBeansOfType(SchemaManagementProvider.class).values())
				.extracting((provider) -> provider.getSchemaManagement(routing))
				.contains(SchemaManagement.MANAGED);
		});
	}

	@Test
	void migratesOnlyTheTestDatabaseWhereTheDataSourceIsReplaced() {
		this.runner.withConfiguration(AutoConfigurations.of(TestDatabaseAutoConfiguration.class))
			.withPropertyValues("spring.test.database.replace=any",
					"uno.databases.journal.url=jdbc:postgresql://unreachable.invalid/journal",
					"uno.databases.atlas.flyway.user=owner")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(dataSource(context, "atlas")).isSameAs(context.getBean("dataSource"));
			});
	}

	private static Flyway flyway(AssertableApplicationContext context, String database) {
		return context.getBean(database + ".flyway", Flyway.class);
	}

	private static DataSource dataSource(AssertableApplicationContext context, String database) {
		return flyway(context, database).getConfiguration().getDataSource();
	}

	private static List<String> locations(AssertableApplicationContext context, String database) {
		return Arrays.stream(flyway(context, database).getConfiguration().getLocations())
			.map(Object::toString)
			.toList();
	}

	private static FailureAnalysis analyze(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new MigrationSetupFailureAnalyzer()
			.analyze(Objects.requireNonNull(context.getStartupFailure()));
		return Objects.requireNonNull(analysis);
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> environmentVariables(
			Map<String, Object> variables) {
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(
					"test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
	}

	private static DatabaseConnectionDetails details(String database, String url) {
		return new DatabaseConnectionDetails() {

			@Override
			public String getDatabase() {
				return database;
			}

			@Override
			public JdbcConnectionDetails getMain() {
				return jdbcDetails(url);
			}

		};
	}

	private static JdbcConnectionDetails jdbcDetails(String url) {
		return new JdbcConnectionDetails() {

			@Override
			public String getUsername() {
				return "sa";
			}

			@Override
			public String getPassword() {
				return "";
			}

			@Override
			public String getJdbcUrl() {
				return url;
			}

		};
	}

	private static FlywayConnectionDetails flywayDetails(String url) {
		return new FlywayConnectionDetails() {

			@Override
			public String getUsername() {
				return "sa";
			}

			@Override
			public String getPassword() {
				return "";
			}

			@Override
			public String getJdbcUrl() {
				return url;
			}

		};
	}

	@Configuration(proxyBeanMethods = false)
	static class JournalConnection {

		@Bean
		@Qualifier("journal")
		FlywayConnectionDetails journalMigrations() {
			return flywayDetails("jdbc:h2:mem:details");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFlywayDataSource {

		@Bean(defaultCandidate = false)
		@FlywayDataSource
		SimpleDriverDataSource migrations() {
			return new SimpleDriverDataSource(new org.h2.Driver(), "jdbc:h2:mem:migrations", "sa", "");
		}

	}

}
