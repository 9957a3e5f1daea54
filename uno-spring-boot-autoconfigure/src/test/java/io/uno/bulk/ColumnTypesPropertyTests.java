package io.uno.bulk;

import java.util.Arrays;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What COPY writes, Hibernate reads.
 */
@Tag("postgres")
class ColumnTypesPropertyTests {

	@SuppressWarnings("NullAway.Init") // before the container
	private static TestPersistence persistence;

	@BeforeContainer
	static void start() {
		persistence = TestPersistence.onPostgres(Everything.class);
	}

	@AfterContainer
	static void close() {
		persistence.close();
	}

	@Property(tries = 100)
	void readsBackWhatWasWritten(@ForAll("rows") List<Everything> rows) {
		persistence.jdbc().sql("truncate everything").update();
		for (int i = 0; i < rows.size(); i++) {
			rows.get(i).id = new Everything.Key(i, "k");
		}
		persistence.bulk().insert(Everything.class).from(rows);
		List<Everything> read = persistence.inTransaction(
				(entityManager) -> entityManager.createQuery("from Everything e order by e.id.number", Everything.class)
					.getResultList());
		assertThat(read).usingRecursiveComparison()
			.withEqualsForType(Float::equals, Float.class)
			.withEqualsForType(Double::equals, Double.class)
			.withEqualsForType(Arrays::equals, byte[].class)
			.isEqualTo(rows);
	}

	@Provide
	Arbitrary<List<Everything>> rows() {
		return Arbitraries.randoms()
			.map((random) -> new EverythingGenerator(random).next())
			.list()
			.ofMinSize(1)
			.ofMaxSize(5);
	}

}
