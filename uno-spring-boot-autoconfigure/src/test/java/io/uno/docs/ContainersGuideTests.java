package io.uno.docs;

import javax.sql.DataSource;

import io.uno.datasource.autoconfigure.DatabaseConnection;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the test that the page on containers shows, where there is Docker.
 */
@Tag("docker")
@Tag("postgres")
@EnabledIfDockerAvailable
class ContainersGuideTests {

	@Nested
	@TestPropertySource(properties = { "uno.default-database=atlas", "uno.databases.atlas.packages=com.acme.atlas",
			"uno.databases.journal.packages=com.acme.journal", "spring.flyway.enabled=false" })
	@SpringBootTest
	@Testcontainers
	class CitiesTests {

		@Container
		@ServiceConnection
		static PostgreSQLContainer atlas = new PostgreSQLContainer("postgres:18");

		@Container
		@DatabaseConnection("journal")
		static PostgreSQLContainer journal = new PostgreSQLContainer("postgres:18");

		@Test
		void eachDatabaseIsAContainer(@Autowired JdbcTemplate jdbc,
				@Autowired @Qualifier("journal.main") DataSource journalPool) {
			jdbc.execute("create table city (name text)");
			new JdbcTemplate(journalPool).execute("create table entry (line text)");
			assertThat(tables(atlas)).isEqualTo("city");
			assertThat(tables(journal)).isEqualTo("entry");
		}

		private static String tables(PostgreSQLContainer container) {
			return new JdbcTemplate(new DriverManagerDataSource(container.getJdbcUrl(), container.getUsername(),
					container.getPassword()))
				.queryForObject("select string_agg(tablename, ', ') from pg_tables where schemaname = 'public'",
						String.class);
		}

		@Configuration(proxyBeanMethods = false)
		@EnableAutoConfiguration
		static class Application {

		}

	}

}
