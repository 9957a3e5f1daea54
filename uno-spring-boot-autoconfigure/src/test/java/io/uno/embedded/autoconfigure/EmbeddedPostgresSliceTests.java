package io.uno.embedded.autoconfigure;

import io.uno.embedded.PostgresCluster;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedPostgresSliceTests {

	@Nested
	@DataJpaTest
	@ContextConfiguration(classes = Application.class)
	@EmbeddedPostgres
	class DataJpaTests {

		@Test
		void dataJpaTestRunsOnTheCluster(@Autowired JdbcTemplate jdbc, PostgresCluster cluster) {
			assertThat(jdbc.queryForObject("SELECT current_database()", String.class)).isEqualTo(cluster.database());
		}

	}

	@Nested
	@JdbcTest
	@ContextConfiguration(classes = Application.class)
	@EmbeddedPostgres(replicas = 1)
	class JdbcTests {

		@Test
		void jdbcTestRunsOnTheCluster(@Autowired JdbcTemplate jdbc, PostgresCluster cluster) {
			assertThat(jdbc.queryForObject("SELECT current_database()", String.class)).isEqualTo(cluster.database());
		}

	}

	@Nested
	@SpringJUnitConfig(Empty.class)
	@EmbeddedPostgres
	class PlainSpringTests {

		@Test
		void plainSpringTestHasTheCluster(PostgresCluster cluster) {
			assertThat(new JdbcTemplate(cluster.primary().dataSource()).queryForObject("SELECT 1", Integer.class))
				.isEqualTo(1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
