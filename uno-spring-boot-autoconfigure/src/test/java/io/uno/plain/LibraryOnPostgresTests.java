package io.uno.plain;

import io.uno.embedded.PostgresCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase.Replace;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Tag("postgres")
@AutoConfigureTestDatabase(replace = Replace.NONE)
@DirtiesContext
class LibraryOnPostgresTests extends AbstractLibraryTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(0);

	@DynamicPropertySource
	static void dataSource(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", cluster.primary()::jdbcUrl);
		registry.add("spring.datasource.username", cluster::username);
		registry.add("spring.datasource.password", cluster::password);
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

}
