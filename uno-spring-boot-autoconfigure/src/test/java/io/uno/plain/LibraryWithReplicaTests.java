package io.uno.plain;

import io.uno.embedded.PostgresCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase.Replace;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
@AutoConfigureTestDatabase(replace = Replace.NONE)
@DirtiesContext
class LibraryWithReplicaTests extends AbstractLibraryTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(1);

	@Autowired
	private JdbcTemplate jdbc;

	@DynamicPropertySource
	static void dataSource(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", cluster.primary()::jdbcUrl);
		registry.add("spring.datasource.username", cluster::username);
		registry.add("spring.datasource.password", cluster::password);
		registry.add("uno.replicas.east.url", cluster.replicas().get(0)::jdbcUrl);
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void aReadWriteTransactionIsAnsweredByThePrimary() {
		assertThat(this.jdbc.queryForObject("select pg_is_in_recovery()", Boolean.class)).isFalse();
	}

}
