package io.uno.datasource.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseValidationTests {

	private static final String ATLAS = "uno.databases.atlas.url=jdbc:postgresql://localhost/atlas";

	private static final String JOURNAL = "uno.databases.journal.url=jdbc:postgresql://localhost/journal";

	private static final String EAST = "uno.databases.atlas.replicas.east.url=jdbc:postgresql://localhost/atlas";

	private static final String BOOT = "spring.datasource.url=jdbc:postgresql://localhost/shop";

	private static final String BOOT_EAST = "uno.replicas.east.url=jdbc:postgresql://localhost/shop";

	@Test
	void severalDatabasesNeedADefault() {
		StartUp.with(ATLAS, JOURNAL)
			.fails("Property 'uno.default-database' is missing although several databases are declared.",
					"Set it to the database that everything without one of its own uses: atlas, journal.");
	}

	@Test
	void oneDatabaseIsTheDefault() {
		StartUp.with(ATLAS).succeeds();
	}

	@Test
	void anUnknownDefaultNamesTheKnownDatabases() {
		StartUp.with(ATLAS, JOURNAL, "uno.default-database=atals")
			.fails("Property 'uno.default-database' (\"uno.default-database\" from property source \"test\") names the unknown database 'atals'.",
					oneOf("Name one of those that are declared: atlas, journal.",
							"Declare it: 'uno.databases.atals.url'."));
	}

	@Test
	void aDefaultWithoutDatabasesIsRefused() {
		StartUp.with(BOOT, "uno.default-database=atlas")
			.fails("Property 'uno.default-database' (\"uno.default-database\" from property source \"test\") names the database 'atlas', but none is declared.",
					oneOf("Declare it: 'uno.databases.atlas.url'.", "Remove 'uno.default-database'."));
	}

	@Test
	void aRoleThatNoneCanHaveIsRefused() {
		StartUp.with(ATLAS, "uno.databases.atlas.roles=reader,none")
			.fails("Property 'uno.databases.atlas.roles' holds 'none', which can't be the name of a role.",
					"Name roles of the database, or remove it.");
		StartUp.with(BOOT, "uno.roles[0]=")
			.fails("Property 'uno.roles' holds '', which can't be the name of a role.",
					"Name roles of the database, or remove it.");
	}

	@Test
	void aMissingUrlIsRefused() {
		StartUp.with("uno.databases.atlas.username=atlas")
			.fails("Property 'uno.databases.atlas.url' is missing.", urlActions());
	}

	@Test
	void anEmptyUrlIsMissing() {
		StartUp.with("uno.databases.atlas.url=").fails("Property 'uno.databases.atlas.url' is missing.", urlActions());
	}

	@Test
	void aMissingUrlOfAReplicaIsRefused() {
		StartUp.with(ATLAS, "uno.databases.atlas.replicas.east.weight=2")
			.fails("Property 'uno.databases.atlas.replicas.east.url' is missing.", urlActions());
	}

	@Test
	void aMissingUrlOfAReplicaOfBootsDataSourceIsRefused() {
		StartUp.with(BOOT, "uno.replicas.east.weight=2")
			.fails("Property 'uno.replicas.east.url' is missing.", urlActions());
	}

	private static String urlActions() {
		return oneOf("Set it to the JDBC URL of the server, such as 'jdbc:postgresql://localhost/shop'.",
				"Set 'uno.embedded.enabled' to true for a PostgreSQL server that uno starts itself, in a test with @EmbeddedPostgres.",
				"Give a container to it: @ServiceConnection for the default database, @DatabaseConnection for another.");
	}

	@Test
	void theDriverOfAnUrlMustBeOnTheClassPath() {
		StartUp.with(ATLAS)
			.classLoader(new FilteredClassLoader("org.postgresql"))
			.fails("Property 'uno.databases.atlas.url' (\"uno.databases.atlas.url\" from property source \"test\") needs the driver 'org.postgresql.Driver', which is not on the class path.",
					driverActions("uno.databases.atlas.url"));
	}

	@Test
	void aNamedDriverMustBeOnTheClassPath() {
		StartUp.with(ATLAS, "uno.databases.atlas.driver-class-name=com.acme.Driver")
			.fails("Property 'uno.databases.atlas.driver-class-name' (\"uno.databases.atlas.driver-class-name\" from property source \"test\") needs the driver 'com.acme.Driver', which is not on the class path.",
					driverActions("uno.databases.atlas.driver-class-name"));
	}

	@Test
	void theDriverOfAReplicaMustBeOnTheClassPath() {
		StartUp.with(ATLAS, EAST, "uno.databases.atlas.replicas.east.driver-class-name=com.acme.Driver")
			.fails("Property 'uno.databases.atlas.replicas.east.driver-class-name' (\"uno.databases.atlas.replicas.east.driver-class-name\" from property source \"test\") needs the driver 'com.acme.Driver', which is not on the class path.",
					driverActions("uno.databases.atlas.replicas.east.driver-class-name"));
		StartUp.with(BOOT, BOOT_EAST, "uno.replicas.east.driver-class-name=com.acme.Driver")
			.fails("Property 'uno.replicas.east.driver-class-name' (\"uno.replicas.east.driver-class-name\" from property source \"test\") needs the driver 'com.acme.Driver', which is not on the class path.",
					driverActions("uno.replicas.east.driver-class-name"));
	}

	private static String driverActions(String key) {
		return oneOf("Add the dependency that brings the driver, such as 'org.postgresql:postgresql' for PostgreSQL.",
				"Correct '%s'.".formatted(key));
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://localhost/atlas", "jdbc:acme://localhost/atlas" })
	void anUrlThatNoDriverUnderstandsIsRefusedWithoutShowingIt(String url) {
		StartUp.with("uno.databases.atlas.url=" + url)
			.fails("Property 'uno.databases.atlas.url' (\"uno.databases.atlas.url\" from property source \"test\") is nothing that a driver on the class path understands.",
					oneOf("Correct it: a JDBC URL, such as 'jdbc:postgresql://localhost/shop'.",
							"Add the dependency that brings the driver.",
							"Set 'uno.databases.atlas.driver-class-name' to the driver."));
	}

	@Test
	void onePackageHasOneOwner() {
		StartUp
			.with(ATLAS, JOURNAL, "uno.default-database=atlas", "uno.databases.atlas.packages=com.acme.shop,com.acme",
					"uno.databases.journal.packages[0]=com.acme")
			.fails("Property 'uno.databases.journal.packages' (\"uno.databases.journal.packages[0]\" from property source \"test\") claims the package 'com.acme', which 'uno.databases.atlas.packages' claims as well.",
					"Leave the package to one of 'atlas' and 'journal'.");
	}

	@Test
	void aPackageBelowAnotherOnesPackageMayBelongToAnotherDatabase() {
		StartUp
			.with(ATLAS, JOURNAL, "uno.default-database=atlas", "uno.databases.atlas.packages=com.acme",
					"uno.databases.journal.packages=com.acme.journal")
			.succeeds();
	}

	@Test
	void noReplicaIsCalledMain() {
		StartUp.with(ATLAS, "uno.databases.atlas.replicas.main.url=jdbc:postgresql://localhost/atlas")
			.fails("Property 'uno.databases.atlas.replicas.main' (\"uno.databases.atlas.replicas.main.url\" from property source \"test\") gives a replica the name 'main', which is the primary's own node.",
					"Choose another name for the replica.");
		StartUp.with(BOOT, "uno.replicas.main.url=jdbc:postgresql://localhost/shop")
			.fails("Property 'uno.replicas.main' (\"uno.replicas.main.url\" from property source \"test\") gives a replica the name 'main', which is the primary's own node.",
					"Choose another name for the replica.");
	}

	@Test
	void noReplicaIsCalledAsAnotherBeanOfItsDatabase() {
		StartUp.with(ATLAS, "uno.databases.atlas.replicas.sessions.url=jdbc:postgresql://localhost/atlas")
			.fails("Property 'uno.databases.atlas.replicas.sessions' gives a replica the name 'sessions', which is taken by another bean of the database.",
					"Choose another name for the replica.");
	}

	@Test
	void aNameHasNoFullStop() {
		StartUp.with("uno.databases.[my.shop].url=jdbc:postgresql://localhost/shop")
			.fails("Property 'uno.databases.my.shop' (\"uno.databases.[my.shop].url\" from property source \"test\") has a name of other characters than letters, digits, dashes and underscores.",
					"Choose another name, such as 'my-shop'.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "myShop", "my_shop", "my-shop", "MYSHOP", "shop2" })
	void aNameMayBeSpeltInAnyWay(String name) {
		StartUp
			.with("uno.databases.%s.url=jdbc:postgresql://localhost/shop".formatted(name),
					"uno.databases.%s.replicas.%s.url=jdbc:postgresql://localhost/shop".formatted(name, name),
					"uno.databases.%s.hikari.maximum-pool-size=3".formatted(name),
					"uno.databases.%s.replicas.%s.hikari.minimum-idle=0".formatted(name, name))
			.succeeds((context) -> {
				assertThat(context).hasBean(name + ".main").hasBean(name + "." + name);
				assertThat(context.getBean(name + "." + name)).hasFieldOrPropertyWithValue("maximumPoolSize", 3)
					.hasFieldOrPropertyWithValue("minimumIdle", 0);
			});
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			uno.databases.atlas.replicas.east.weight, 0
			uno.databases.atlas.replicas.east.weight, -3
			""")
	void aWeightIsAtLeastOne(String key, int weight) {
		StartUp.with(ATLAS, EAST, key + "=" + weight)
			.fails("Property '%s' (\"%s\" from property source \"test\") is %d, but a weight is at least 1."
				.formatted(key, key, weight), "Set it to 1 or more, or remove the replica.");
	}

	@Test
	void replicasOfBootsDataSourceDoNotGoWithDatabases() {
		StartUp.with(ATLAS, BOOT_EAST)
			.fails("Property 'uno.replicas.east' (\"uno.replicas.east.url\" from property source \"test\") belongs to Boot's own data source, which 'uno.databases' replaces.",
					"Move it below the database that it is a replica of: 'uno.databases.atlas.replicas.east'.");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			spring.datasource.url,                      uno.databases.atlas.url
			spring.datasource.username,                 uno.databases.atlas.username
			spring.datasource.password,                 uno.databases.atlas.password
			spring.datasource.hikari.maximum-pool-size, uno.databases.atlas.hikari.maximum-pool-size
			spring.flyway.url,                          uno.databases.atlas.flyway.url
			""")
	void bootsDataSourceDoesNotGoWithDatabases(String key, String instead) {
		StartUp.with(ATLAS, key + "=7")
			.fails("Property '%s' (\"%s\" from property source \"test\") has no effect beside 'uno.databases', which replaces Boot's own data source."
				.formatted(key, key), oneOf("Use '%s' instead.".formatted(instead), "Remove it."));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			spring.datasource.name
			spring.datasource.type
			spring.datasource.generate-unique-name
			spring.datasource.embedded-database-connection
			spring.datasource.jndi-name
			spring.datasource.connection-fetch
			spring.datasource.xa.data-source-class-name
			spring.datasource.tomcat.max-active
			""")
	void whatBootsDataSourceHasAloneIsToBeRemoved(String key) {
		StartUp.with(ATLAS, key + "=x")
			.fails("Property '%s' (\"%s\" from property source \"test\") has no effect beside 'uno.databases', which replaces Boot's own data source."
				.formatted(key, key), "Remove it.");
	}

	@Test
	void anEnvironmentVariableOfBootsDataSourceDoesNotGoWithDatabases() {
		StartUp.with(ATLAS)
			.environment("SPRING_DATASOURCE_URL=jdbc:postgresql://localhost/shop")
			.fails("Property 'spring.datasource.url' (\"SPRING_DATASOURCE_URL\" from property source \"systemEnvironment\") has no effect beside 'uno.databases', which replaces Boot's own data source.",
					oneOf("Use 'uno.databases.atlas.url' instead.", "Remove it."));
		StartUp.with(ATLAS)
			.environment("SPRING_FLYWAY_URL=jdbc:postgresql://localhost/shop")
			.fails("Property 'spring.flyway.url' (\"SPRING_FLYWAY_URL\" from property source \"systemEnvironment\") has no effect beside 'uno.databases', which replaces Boot's own data source.",
					oneOf("Use 'uno.databases.atlas.flyway.url' instead.", "Remove it."));
	}

	@Test
	void theKeyToUseInsteadIsThatOfTheDefaultDatabase() {
		StartUp.with(ATLAS, JOURNAL, "uno.default-database=journal", "spring.datasource.username=shop")
			.fails("Property 'spring.datasource.username' (\"spring.datasource.username\" from property source \"test\") has no effect beside 'uno.databases', which replaces Boot's own data source.",
					oneOf("Use 'uno.databases.journal.username' instead.", "Remove it."));
	}

	@Test
	void bootsDataSourceAndItsFlywayGoWithReplicas() {
		StartUp.with(BOOT, BOOT_EAST, "spring.flyway.url=jdbc:postgresql://localhost/shop").succeeds();
	}

	@Test
	void aFailureToStartIsReported(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Wired.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--" + ATLAS, "--" + JOURNAL));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property 'uno.default-database' is missing although several databases are declared.")
			.contains("Set it to the database that everything without one of its own uses: atlas, journal.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "uno.hikari", "uno.databases.atlas.hikari", "uno.databases.atlas.replicas.east.hikari" })
	void anInvalidPoolSettingIsNamedWithoutAnyPassword(String hikari) {
		StringWriter trace = new StringWriter();
		StartUp
			.with(ATLAS, EAST, "uno.databases.atlas.password=s3cret",
					"uno.databases.atlas.replicas.east.password=s3cret", hikari + ".password=s3cret",
					hikari + ".data-source-properties.password=s3cret", hikari + ".maximum-pool-size=many")
			.failure()
			.printStackTrace(new PrintWriter(trace));
		assertThat(trace.toString()).contains(hikari + ".maximum-pool-size").contains("many").doesNotContain("s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "maximum-pool-size=0", "connection-timeout=1", "driver-class-name=com.acme.Driver",
			"exception-override-class-name=com.acme.Override", "auto-commit=perhaps" })
	void aPoolSettingThatHikariRefusesIsNamed(String setting) {
		assertThat(StartUp.with(ATLAS, "uno.databases.atlas.hikari." + setting).failure())
			.hasStackTraceContaining("uno.databases.atlas.hikari");
	}

	private static String oneOf(String... actions) {
		return "One of these:%n    - %s".formatted(String.join("%n    - ".formatted(), actions));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(UnoDataSourceAutoConfiguration.class)
	static class Wired {

	}

	@Test
	void anOwnDataSourceBesideDatabasesIsRefused() {
		StartUp.with("uno.databases.atlas.url=jdbc:postgresql://localhost/atlas")
			.beans(OwnDataSource.class)
			.fails("Property 'uno.databases' needs the name 'dataSource' for the data source of all databases, but the application has a bean of that name: databaseValidationTests.OwnDataSource.dataSource().",
					"""
							One of these:
							    - Remove the bean, and declare its database under 'uno.databases'.
							    - Give the bean another name and 'defaultCandidate = false', so that it is injected by that name only."""
						.replace("\n", System.lineSeparator()));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDataSource {

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:own");
		}

	}

}
