package io.uno.embedded.autoconfigure;

import javax.sql.DataSource;

import io.uno.embedded.PostgresCluster;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = EmbeddedPostgresDatabasesTests.Application.class,
		properties = { "uno.default-database=atlas", "uno.databases.atlas.url=jdbc:postgresql://db-1/atlas",
				"uno.databases.atlas.username=atlas_app", "uno.databases.atlas.password=secret",
				"uno.databases.atlas.replicas.east.url=jdbc:postgresql://db-2/atlas",
				"uno.databases.journal.packages=com.acme.journal", "spring.main.web-application-type=none" })
@EmbeddedPostgres
class EmbeddedPostgresDatabasesTests {

	@Test
	void eachDatabaseRunsOnItsCluster(@Autowired @Qualifier("atlas.main") DataSource main,
			@Autowired @Qualifier("atlas.east") DataSource east,
			@Autowired @Qualifier("journal.main") DataSource journalMain,
			@Autowired @Qualifier("journal") PostgresCluster journal, @Autowired PostgresCluster atlas) {
		assertThat(database(main)).isEqualTo(atlas.database()).startsWith("atlas_");
		assertThat(database(east)).isEqualTo(atlas.database());
		assertThat(database(journalMain)).isEqualTo(journal.database()).startsWith("journal_");
		assertThat(new JdbcTemplate(east).queryForObject("SELECT pg_is_in_recovery()", Boolean.class)).isTrue();
	}

	private static String database(DataSource dataSource) {
		return String.valueOf(new JdbcTemplate(dataSource).queryForObject("SELECT current_database()", String.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
	static class Application {

	}

}
