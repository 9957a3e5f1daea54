package io.uno.embedded.autoconfigure;

import javax.sql.DataSource;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresReplica;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = EmbeddedPostgresTests.Application.class,
		properties = { "spring.datasource.url=jdbc:h2:mem:replaced", "spring.main.web-application-type=none" })
@EmbeddedPostgres(replicas = 1)
class EmbeddedPostgresTests {

	private final JdbcTemplate jdbc;

	@Autowired
	EmbeddedPostgresTests(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
	}

	@Test
	void takesThePlaceOfTheUrlThatIsConfigured(PostgresCluster cluster) {
		assertThat(this.jdbc.queryForObject("SELECT current_database()", String.class)).isEqualTo(cluster.database());
		assertThat(this.jdbc.queryForObject("SELECT current_user", String.class)).isEqualTo(cluster.username());
	}

	@Test
	void replicasFollow(@Autowired PostgresCluster cluster) {
		this.jdbc.execute("CREATE TABLE city (name text)");
		PostgresReplica replica = cluster.replica("replica-1");
		replica.awaitReplay();
		assertThat(new JdbcTemplate(replica.dataSource()).queryForObject("SELECT count(*) FROM city", Integer.class))
			.isZero();
	}

	@Test
	void readOnlyTransactionIsAnsweredByTheReplica(@Autowired PlatformTransactionManager transactionManager) {
		TransactionTemplate transaction = new TransactionTemplate(transactionManager);
		transaction.setReadOnly(true);
		transaction.executeWithoutResult(
				(status) -> assertThat(this.jdbc.queryForObject("SELECT pg_is_in_recovery()", Boolean.class)).isTrue());
		assertThat(this.jdbc.queryForObject("SELECT pg_is_in_recovery()", Boolean.class)).isFalse();
	}

	@Test
	void clusterIsInjectedByTheNameOfItsDatabase(@Qualifier("default") PostgresCluster cluster) {
		assertThat(cluster.name()).isEqualTo("default");
	}

	@Nested
	class NestedTests {

		@Test
		void useTheContextAroundThem(PostgresCluster cluster) {
			takesThePlaceOfTheUrlThatIsConfigured(cluster);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
