package io.uno.bulk;

import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The oldest version that has {@code MERGE}, which does not return what it did.
 */
@Tag("docker")
@Tag("postgres")
@EnabledIfDockerAvailable
class BulkUpsertOnPostgres15Tests extends BulkUpsertContract {

	@SuppressWarnings("NullAway.Init") // before all tests
	private static PostgreSQLContainer container;

	@SuppressWarnings("NullAway.Init") // before all tests
	private static TestPersistence persistence;

	BulkUpsertOnPostgres15Tests() {
		super(persistence);
	}

	@BeforeAll
	static void start() {
		String image = Objects.requireNonNullElse(System.getenv("UNO_TEST_POSTGRES_IMAGE"), "postgres:15");
		container = new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
		container.start();
		persistence = TestPersistence.onPostgres(container.getJdbcUrl(), container.getUsername(),
				container.getPassword(), ENTITIES);
	}

	@AfterAll
	static void close() {
		persistence.close();
		container.stop();
	}

	@Test
	void mergesWithoutReturning() {
		BulkPlan plan = persistence.bulk().upsert(Country.class).by("code").explain();
		assertThat(plan)
			.hasToString("COPY into a temporary table, then MERGE; because the connection is PostgreSQL's and every "
					+ "column has a binary form, and PostgreSQL 15 has MERGE");
		assertThat(plan.statements()).hasSize(4).noneMatch((statement) -> statement.contains("RETURNING"));
	}

	@Test
	void bringsRowsInWithoutMergeAsOlderServersNeed() {
		StagingStatementsTests.assertBringsRowsIn(persistence, false, false);
	}

}
