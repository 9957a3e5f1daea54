package io.uno.datasource.autoconfigure;

import java.util.Objects;

import javax.sql.DataSource;

import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseConnection} beside {@code @ServiceConnection}, on containers.
 */
@Tag("docker")
@Tag("postgres")
@EnabledIfDockerAvailable
class DatabaseContainersTests {

	private static PostgreSQLContainer container(String database) {
		String image = Objects.requireNonNullElse(System.getenv("UNO_TEST_POSTGRES_IMAGE"), "postgres:18");
		return new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
			.withDatabaseName(database);
	}

	private static String database(ApplicationContext context, String pool) {
		return Objects.requireNonNull(new JdbcTemplate(context.getBean(pool, DataSource.class))
			.queryForObject("select current_database()", String.class));
	}

	@Nested
	@Testcontainers(disabledWithoutDocker = true)
	@SpringBootTest(classes = Application.class,
			properties = { "uno.default-database=atlas", "uno.databases.atlas.packages=atlas",
					"uno.databases.journal.packages=journal", "uno.databases.audit.packages=audit" })
	class OfFields {

		@Container
		@ServiceConnection
		static final PostgreSQLContainer first = container("atlas_db");

		@Container
		@DatabaseConnection("journal")
		static final PostgreSQLContainer second = container("journal_db");

		@DatabaseConnection("audit")
		static final PostgreSQLContainer notStartedByTheTest = container("audit_db");

		@Test
		void serveTheirDatabases(@Autowired ApplicationContext context, @Autowired JdbcTemplate jdbc) {
			assertThat(jdbc.queryForObject("select current_database()", String.class)).isEqualTo("atlas_db");
			assertThat(database(context, "atlas.main")).isEqualTo("atlas_db");
			assertThat(database(context, "journal.main")).isEqualTo("journal_db");
			assertThat(database(context, "audit.main")).isEqualTo("audit_db");
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, OfBeans.Containers.class },
			properties = { "uno.default-database=atlas", "uno.databases.atlas.packages=atlas",
					"uno.databases.journal.packages=journal" })
	class OfBeans {

		@Test
		void serveTheirDatabases(@Autowired ApplicationContext context, @Autowired JdbcTemplate jdbc) {
			assertThat(jdbc.queryForObject("select current_database()", String.class)).isEqualTo("atlas_db");
			assertThat(database(context, "atlas.main")).isEqualTo("atlas_db");
			assertThat(database(context, "journal.main")).isEqualTo("journal_db");
		}

		@Configuration(proxyBeanMethods = false)
		static class Containers {

			@Bean
			@ServiceConnection
			PostgreSQLContainer first() {
				return container("atlas_db");
			}

			@Bean
			@DatabaseConnection("journal")
			PostgreSQLContainer second() {
				return container("journal_db");
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ServiceConnectionAutoConfiguration.class, UnoDatabaseConnectionAutoConfiguration.class,
			UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class,
			JdbcTemplateAutoConfiguration.class })
	static class Application {

	}

}
