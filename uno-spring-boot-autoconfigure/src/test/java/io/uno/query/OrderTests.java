package io.uno.query;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
class OrderTests {

	@SuppressWarnings("NullAway.Init") // before all tests
	private static EntityPersistence persistence;

	@BeforeAll
	static void start() {
		persistence = new EntityPersistence(City.class, Country.class);
		Country switzerland = new Country(1, "CH", "Schweiz");
		Country italy = new Country(2, "IT", "Italia");
		City zurich = new City(1, "Zürich", 436_000, switzerland);
		zurich.twin = italy;
		zurich.mayor = new City.Mayor("Mauch", "Corine");
		City rome = new City(2, "Roma", 2_748_000, italy);
		rome.twin = switzerland;
		City bern = new City(3, "Bern", 134_000, switzerland);
		persistence.persist(switzerland, italy, zurich, rome, bern);
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	private static EntityQuery<City> cities(String filter) {
		return EntityQuery.of(Filter.parse(City.class, filter));
	}

	private static List<String> names(EntityQuery<City> query) {
		return persistence.read(query::list).stream().map(City::toString).toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			twin.code              | Roma,Zürich,Bern
			-twin.code             | Bern,Zürich,Roma
			twin.name, twin.code   | Zürich,Roma,Bern
			twin.id                | Roma,Zürich,Bern
			country.code, twin.id  | Zürich,Bern,Roma
			mayor.family, -id      | Zürich,Bern,Roma
			""")
	void associationThatIsMissingLeavesNoRowOut(String order, String expected) {
		assertThat(names(cities("id > 0").sort(order))).containsExactly(expected.split(","));
		assertThat(persistence.<Long>read(cities("id > 0").sort(order)::count)).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			twin.code = 'IT'                    | Zürich
			twin.code != 'XX'                   | Roma,Zürich
			country.code = 'CH' and twin.id > 0 | Zürich
			country.code = 'CH'                 | Zürich,Bern
			""")
	void orderByAnAssociationDoesNotChangeWhatTheFilterMeans(String filter, String expected) {
		EntityQuery<City> query = cities(filter).sort("twin.code");
		assertThat(names(query)).containsExactly(expected.split(","));
		assertThat(persistence.<Long>read(query::count)).isEqualTo(expected.split(",").length);
	}

	@Test
	void orderJoinsAnAssociationOnceAndOnlyWhereItMust() {
		persistence.takeStatements();
		names(cities("id > 0").sort("twin.name, twin.code"));
		names(cities("country.code = 'CH'").sort("country.name"));
		assertThat(persistence.takeStatements()).satisfiesExactly(
				(sql) -> assertThat(sql).containsOnlyOnce(" join ").contains(" left join "),
				(sql) -> assertThat(sql).containsOnlyOnce(" join ").doesNotContain(" left join "));
	}

}
