package io.uno.datasource.autoconfigure;

import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.UnoEmbeddedAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.JdbcDatabaseContainer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.SpringBootContextLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.context.ImportTestcontainers;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link DatabaseConnection}, on servers in the place of containers.
 */
@Tag("postgres")
class DatabaseConnectionTests {

	private static final PostgresCluster atlas = PostgresCluster.shared(0);

	private static final PostgresCluster journal = PostgresCluster.shared(0);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(UnoDatabaseConnectionAutoConfiguration.class, UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class));

	private final ApplicationContextRunner databasesRunner = this.runner.withPropertyValues(
			"uno.default-database=atlas", "uno.databases.atlas.packages=atlas",
			"uno.databases.journal.packages=journal", "uno.databases.audit.url=" + atlas.primary().jdbcUrl(),
			"uno.databases.audit.username=" + atlas.username(), "uno.databases.audit.password=" + atlas.password());

	@AfterAll
	static void close() {
		atlas.close();
		journal.close();
	}

	@Test
	void staticFieldsAreTheConnectionsOfTheirDatabases() {
		testedBy(Fields.class).run((context) -> {
			assertThat(database(context, "atlas.main")).isEqualTo(atlas.database());
			assertThat(database(context, "journal.main")).isEqualTo(journal.database());
			assertThat(database(context, "dataSource")).isEqualTo(atlas.database());
			assertThat(context).doesNotHaveBean(JdbcConnectionDetails.class);
		});
	}

	@Test
	void containerIsStartedOnceWhenItsPoolIsMade() {
		testedBy(Fields.class).run((context) -> {
			assertThat(database(context, "journal.main")).isEqualTo(journal.database());
			assertThat(Fields.second.starts()).isEqualTo(1);
		});
	}

	@Test
	void fieldsOfSuperclassesInterfacesAndEnclosingClassesCount() {
		assertThat(customizer(Fields.class)).isEqualTo(customizer(Inheriting.class))
			.isEqualTo(customizer(Fields.Inner.class))
			.hasSameHashCodeAs(customizer(Inheriting.class));
		assertThat(customizer(ByInterface.class)).isNotNull();
	}

	@Test
	void contextIsNotSharedWithTestsThatHaveOtherContainers() {
		assertThat(customizer(Fields.class)).isNotEqualTo(customizer(ByInterface.class));
		assertThat(customizer(DatabaseConnectionTests.class)).isNull();
	}

	@Test
	void beansAreTheConnectionsOfTheirDatabases() {
		this.databasesRunner.withUserConfiguration(Beans.class).run((context) -> {
			assertThat(database(context, "atlas.main")).isEqualTo(atlas.database());
			assertThat(database(context, "journal.main")).isEqualTo(journal.database());
		});
	}

	@Test
	void importedFieldsAreTheConnectionsOfTheirDatabases() {
		this.databasesRunner.withUserConfiguration(ImportingFields.class).run((context) -> {
			assertThat(database(context, "atlas.main")).isEqualTo(atlas.database());
			assertThat(database(context, "journal.main")).isEqualTo(journal.database());
		});
	}

	@Test
	void serviceConnectionIsTheDefaultDatabases() {
		this.databasesRunner.withUserConfiguration(ServiceConnection.class).run((context) -> {
			assertThat(database(context, "atlas.main")).isEqualTo(atlas.database());
			assertThat(database(context, "journal.main")).isEqualTo(journal.database());
			assertThat(context).hasSingleBean(JdbcConnectionDetails.class);
		});
	}

	@Test
	void databaseConnectionComesBeforeTheServiceConnection() {
		this.databasesRunner.withUserConfiguration(ServiceConnection.class, AuditBean.class)
			.withPropertyValues("uno.default-database=audit")
			.withPropertyValues("uno.databases.atlas.url=" + atlas.primary().jdbcUrl(),
					"uno.databases.atlas.username=" + atlas.username(),
					"uno.databases.atlas.password=" + atlas.password())
			.run((context) -> assertThat(database(context, "audit.main")).isEqualTo(journal.database()));
	}

	@Test
	void containerComesBeforeTheUrl() {
		this.databasesRunner.withUserConfiguration(Beans.class, AuditBean.class)
			.run((context) -> assertThat(database(context, "audit.main")).isEqualTo(journal.database()));
	}

	@Test
	void containersComeBeforeEmbeddedServers() {
		this.databasesRunner.withConfiguration(AutoConfigurations.of(UnoEmbeddedAutoConfiguration.class))
			.withUserConfiguration(ServiceConnection.class)
			.withPropertyValues("uno.embedded.enabled=true", "uno.embedded.replicas=1")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(PostgresCluster.class);
				assertThat(database(context, "atlas.main")).isEqualTo(atlas.database());
				assertThat(database(context, "journal.main")).isEqualTo(journal.database());
				assertThat(context).doesNotHaveBean("atlas.replica-1").doesNotHaveBean("journal.replica-1");
			});
	}

	@Test
	void fieldsComeBeforeEmbeddedServers() {
		testedBy(Fields.class).withConfiguration(AutoConfigurations.of(UnoEmbeddedAutoConfiguration.class))
			.withPropertyValues("uno.embedded.enabled=true")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(PostgresCluster.class);
				assertThat(database(context, "journal.main")).isEqualTo(journal.database());
			});
	}

	@Test
	void poolSettingsApplyToContainers() {
		this.databasesRunner.withUserConfiguration(Beans.class)
			.withPropertyValues("uno.databases.journal.hikari.maximum-pool-size=3")
			.run((context) -> assertThat(context.getBean("journal.main", HikariDataSource.class).getMaximumPoolSize())
				.isEqualTo(3));
	}

	@Test
	void unknownDatabaseNamesTheKnownOnes() {
		this.databasesRunner.withUserConfiguration(Beans.class, UnknownBean.class)
			.run((context) -> assertFailure(context.getStartupFailure(),
					"Bean 'somewhere' with @DatabaseConnection names the unknown database 'nosuch'; known: atlas, journal, audit.",
					"Name one of those that are known.", "Declare it: 'uno.databases.nosuch'."));
		testedBy(UnknownField.class).run((context) -> assertFailure(context.getStartupFailure(),
				"Field 'somewhere' of %s with @DatabaseConnection names the unknown database 'nosuch'; known: atlas, journal, audit."
					.formatted(UnknownField.class.getName()),
				"Name one of those that are known.", "Declare it: 'uno.databases.nosuch'."));
	}

	@Test
	void databaseIsUnknownWhereNoneIsDeclared() {
		this.runner.withUserConfiguration(UnknownBean.class)
			.run((context) -> assertFailure(context.getStartupFailure(),
					"Bean 'somewhere' with @DatabaseConnection names the database 'nosuch', but none is declared under 'uno.databases'.",
					"Use @ServiceConnection, or a Compose service without a label, for Boot's own data source.",
					"Declare the database: 'uno.databases.nosuch'."));
	}

	@Test
	void databaseHasOneConnection() {
		testedBy(Fields.class).withUserConfiguration(AnotherJournalBean.class)
			.run((context) -> assertFailure(context.getStartupFailure(),
					"Bean 'another' with @DatabaseConnection names the database 'journal', which has a connection already: Field 'second' of %s with @DatabaseConnection."
						.formatted(Fields.class.getName()),
					"Remove one of the two.", "Name another database."));
	}

	@Test
	void otherThanAJdbcContainerIsRefused() {
		this.databasesRunner.withUserConfiguration(Beans.class, TextBean.class)
			.run((context) -> assertFailure(catchThrowable(() -> database(context, "audit.main")),
					"Bean 'text' with @DatabaseConnection is a java.lang.String, but has to be a container that JDBC connects to.",
					"Use a JdbcDatabaseContainer, such as PostgreSQLContainer.", "Remove @DatabaseConnection."));
	}

	@Test
	void instanceFieldIsRefused() {
		assertThatExceptionOfType(InvalidDatabaseConnectionException.class)
			.isThrownBy(() -> customizer(InstanceField.class))
			.withMessage("Field 'late' of %s with @DatabaseConnection is not static, but the context needs it first"
				.formatted(InstanceField.class.getName()));
	}

	@Test
	void isAbsentWithoutTestcontainers() {
		this.databasesRunner.withClassLoader(new FilteredClassLoader(JdbcDatabaseContainer.class))
			.withPropertyValues("uno.databases.atlas.url=" + atlas.primary().jdbcUrl(),
					"uno.databases.journal.url=" + journal.primary().jdbcUrl())
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UnoDatabaseConnectionAutoConfiguration.class));
	}

	@Test
	void detailsDoNotShowThePassword() {
		this.databasesRunner.withUserConfiguration(Beans.class)
			.run((context) -> assertThat(context.getBeansOfType(DatabaseConnectionDetails.class).toString())
				.contains("atlas", "journal")
				.doesNotContain(journal.password(), atlas.password()));
	}

	private ApplicationContextRunner testedBy(Class<?> testClass) {
		return this.databasesRunner.withInitializer((context) -> {
			ContextCustomizer customizer = Objects.requireNonNull(customizer(testClass));
			MergedContextConfiguration configuration = new MergedContextConfiguration(testClass, null, null, null,
					new SpringBootContextLoader());
			customizer.customizeContext(context, configuration);
		});
	}

	private static @Nullable ContextCustomizer customizer(Class<?> testClass) {
		return new DatabaseConnectionContextCustomizerFactory().createContextCustomizer(testClass, List.of());
	}

	private static String database(ApplicationContext context, String pool) {
		return String.valueOf(new JdbcTemplate(context.getBean(pool, DataSource.class))
			.queryForObject("select current_database()", String.class));
	}

	private static void assertFailure(@Nullable Throwable failure, String description, String... actions) {
		FailureAnalysis analysis = Objects
			.requireNonNull(new InvalidDatabaseConnectionFailureAnalyzer().analyze(Objects.requireNonNull(failure)));
		assertThat(analysis.getDescription()).isEqualTo(description);
		assertThat(analysis.getAction()).isEqualToNormalizingNewlines(
				"One of these:\n" + String.join("\n", List.of(actions).stream().map("    - %s"::formatted).toList()));
	}

	static class Fields {

		@DatabaseConnection("atlas")
		static ServerContainer first = new ServerContainer(atlas.primary());

		@DatabaseConnection("journal")
		static ServerContainer second = new ServerContainer(journal.primary());

		class Inner {

		}

	}

	static class Inheriting extends Fields {

	}

	interface Containers {

		@DatabaseConnection("atlas")
		ServerContainer first = new ServerContainer(atlas.primary());

		@DatabaseConnection("journal")
		ServerContainer second = new ServerContainer(journal.primary());

	}

	static class ByInterface implements Containers {

	}

	static class UnknownField {

		@DatabaseConnection("nosuch")
		static ServerContainer somewhere = new ServerContainer(atlas.primary());

	}

	static class InstanceField {

		@DatabaseConnection("atlas")
		ServerContainer late = new ServerContainer(atlas.primary());

	}

	@Configuration(proxyBeanMethods = false)
	@ImportTestcontainers(Containers.class)
	static class ImportingFields {

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		@DatabaseConnection("atlas")
		ServerContainer first() {
			return new ServerContainer(atlas.primary());
		}

		@Bean
		@DatabaseConnection("journal")
		JdbcDatabaseContainer<?> second() {
			return new ServerContainer(journal.primary());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ServiceConnection {

		@Bean
		JdbcConnectionDetails service() {
			return ContainerJdbcConnectionDetails.of("service", new ServerContainer(atlas.primary()));
		}

		@Bean
		@DatabaseConnection("journal")
		ServerContainer second() {
			return new ServerContainer(journal.primary());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AuditBean {

		@Bean
		@DatabaseConnection("audit")
		ServerContainer third() {
			return new ServerContainer(journal.primary());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnotherJournalBean {

		@Bean
		@DatabaseConnection("journal")
		ServerContainer another() {
			return new ServerContainer(journal.primary());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UnknownBean {

		@Bean
		@DatabaseConnection("nosuch")
		ServerContainer somewhere() {
			return new ServerContainer(atlas.primary());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TextBean {

		@Bean
		@DatabaseConnection("audit")
		String text() {
			return "not a container";
		}

	}

}
