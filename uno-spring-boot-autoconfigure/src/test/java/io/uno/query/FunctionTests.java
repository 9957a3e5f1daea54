package io.uno.query;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Tag("postgres")
class FunctionTests {

	@SuppressWarnings("NullAway.Init") // before all tests
	private static EntityPersistence persistence;

	@BeforeAll
	static void start() {
		persistence = new EntityPersistence(List.of("create extension pg_trgm"), City.class, Country.class);
		Country switzerland = new Country(1, "CH", "Schweiz");
		Country italy = new Country(2, "IT", "Italia");
		City zurich = new City(1, "Zürich", 436_000, switzerland);
		zurich.altitudes = "[392,872)";
		City winterthur = new City(2, "Winterthur", 115_000, switzerland);
		winterthur.altitudes = "[393,688)";
		persistence.persist(switzerland, italy, zurich, winterthur, new City(3, "Bern", 134_000, switzerland),
				new City(4, "Roma", 2_748_000, italy), new City(5, "Milano", 1_366_000, italy));
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	private static <R> List<R> query(String hql, Class<R> type, Object... parameters) {
		return persistence.read((entityManager) -> {
			var query = entityManager.createQuery(hql, type);
			for (int i = 0; i < parameters.length; i++) {
				query.setParameter(i + 1, parameters[i]);
			}
			return query.getResultList();
		});
	}

	@Test
	void similarityFindsWhatIsWrittenAlike() {
		assertThat(query("select c.name from QueriedCity c where similarity(c.name, ?1) > 0.3", String.class,
				"Winterhur' or 1=1"))
			.containsExactly("Winterthur");
		assertThat(query("select similarity(c.name, ?1) from QueriedCity c where c.id = 3", Double.class, "Bern"))
			.singleElement()
			.satisfies((similarity) -> assertThat(similarity).isEqualTo(1, within(1e-6)));
	}

	@Test
	void similarityPutsTheMostAlikeFirst() {
		assertThat(query("select c.name from QueriedCity c order by similarity(c.name, ?1) desc limit 1", String.class,
				"Zurich"))
			.containsExactly("Zürich");
	}

	@Test
	void rangeContainsAValue() {
		assertThat(query("select c.name from QueriedCity c where range_contains(c.altitudes, ?1)", String.class, 392))
			.containsExactly("Zürich");
		assertThat(query("select range_contains(c.altitudes, ?1) from QueriedCity c where c.id < 4 order by c.id",
				Boolean.class, 687))
			.containsExactly(true, true, null);
	}

	@Test
	void windowFunctionRanksWithinAPartition() {
		assertThat(query("""
				select c.country.code || rank() over (partition by c.country.id order by c.population desc) || c.name
				from QueriedCity c order by c.country.code, c.population desc""", String.class))
			.containsExactly("CH1Zürich", "CH2Bern", "CH3Winterthur", "IT1Roma", "IT2Milano");
	}

}
