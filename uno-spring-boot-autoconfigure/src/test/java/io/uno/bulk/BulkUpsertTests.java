package io.uno.bulk;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
class BulkUpsertTests extends BulkUpsertContract {

	private static final TestPersistence persistence = TestPersistence.onPostgres(ENTITIES);

	BulkUpsertTests() {
		super(persistence);
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@Test
	void explainsItself() {
		assertThat(persistence.bulk().upsert(Country.class).by("code").explain())
			.hasToString("COPY into a temporary table, then MERGE; because the connection is PostgreSQL's and every "
					+ "column has a binary form, and PostgreSQL 18 has MERGE");
	}

}
