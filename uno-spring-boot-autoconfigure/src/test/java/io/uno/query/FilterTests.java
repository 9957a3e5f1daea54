package io.uno.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import io.uno.error.InvalidQueryException;
import io.uno.type.GeoPoint;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.jpa.domain.PredicateSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("postgres")
class FilterTests {

	private static final String ATTRIBUTES = "altitudes, area, code, country, elevation, feature, founded, holiday, "
			+ "id, location, mayor, name, nicknames, population, slogan, twin, walled";

	@SuppressWarnings("NullAway.Init") // before all tests
	private static EntityPersistence persistence;

	@BeforeAll
	static void start() {
		persistence = new EntityPersistence(City.class, Country.class);
		Country switzerland = new Country(1, "CH", "Schweiz");
		Country italy = new Country(2, "IT", "Italia");
		City zurich = new City(1, "Zürich", 436_000, switzerland);
		zurich.code = UUID.fromString("00000000-0000-0000-0000-000000000001");
		zurich.feature = City.Feature.TOWN;
		zurich.founded = Instant.parse("2000-01-02T03:04:05.123456Z");
		zurich.holiday = LocalDate.of(2026, 8, 1);
		zurich.area = new BigDecimal("87.88");
		zurich.elevation = 408.5;
		zurich.walled = true;
		zurich.slogan = new Slogan("Downtown Switzerland");
		zurich.mayor = new City.Mayor("Mauch", "Corine");
		zurich.twin = italy;
		City bern = new City(2, "Bern", 134_000, switzerland);
		bern.feature = City.Feature.CAPITAL;
		City rome = new City(3, "Roma", 2_748_000, italy);
		rome.feature = City.Feature.CAPITAL;
		City strange = new City(4, "O'Brien's \\ \" ' or 1=1 -- \uD83D\uDE00", 5, italy);
		persistence.persist(switzerland, italy, zurich, bern, rome, strange);
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	private static List<String> names(Filter<City> filter) {
		return persistence.read((entityManager) -> EntityQuery.of(filter).sort("id").list(entityManager))
			.stream()
			.map(Object::toString)
			.toList();
	}

	private static List<String> names(String text) {
		return names(Filter.parse(City.class, text));
	}

	@Test
	void textAndBuilderAndMetamodelMakeTheSameFilter() {
		Filter<City> text = Filter.parse(City.class, "population > 50000 AND country.code='CH'");
		Filter<City> paths = Filter.of(City.class)
			.where("population")
			.greaterThan(50_000)
			.and("country.code")
			.equalTo("CH");
		Filter<City> metamodel = Filter.of(City.class)
			.where(City_.population)
			.greaterThan(50_000)
			.and(City_.country, Country_.code)
			.equalTo("CH");
		assertThat(text).isEqualTo(paths).isEqualTo(metamodel).hasSameHashCodeAs(paths);
		assertThat(text).hasToString("population > 50000 and country.code = 'CH'");
		assertThat(names(text)).isEqualTo(names(metamodel)).containsExactly("Zürich", "Bern");
	}

	@Test
	void filtersAreJoined() {
		Filter<City> joined = Filter.parse(City.class, "walled = false and population > 5")
			.and(Filter.parse(City.class, "country.code = 'CH' and id > 0"));
		assertThat(joined).isEqualTo(
				Filter.parse(City.class, "walled = false and population > 5 and country.code = 'CH' and id > 0"));
		assertThat(names(joined)).containsExactly("Bern");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			population = 134000                        | Bern
			population != 134000 and id < 3            | Zürich
			population >= 436000 and population <= 436000 | Zürich
			population < 134000 and name < 'P'         | O'Brien's \\ " ' or 1=1 -- 😀
			area = 87.88                               | Zürich
			elevation > 4.085e2 and id = 1             |
			elevation >= 4.085e2                       | Zürich
			walled = TRUE                              | Zürich
			walled = true                              | Zürich
			code = '00000000-0000-0000-0000-000000000001' | Zürich
			feature = 'TOWN'                           | Zürich
			founded = '2000-01-02T03:04:05.123456Z'    | Zürich
			holiday >= '2026-08-01'                    | Zürich
			slogan = 'Downtown Switzerland'            | Zürich
			mayor.family = 'Mauch'                     | Zürich
			twin.code = 'IT'                           | Zürich
			twin.code != 'CH'                          | Zürich
			country.id = 2 and name='Roma'             | Roma
			population > '2000000'                     | Roma
			""")
	void convertsValuesToTheTypeOfTheAttribute(String text, String name) {
		assertThat(names(text)).isEqualTo((name != null) ? List.of(name) : List.of());
	}

	@Test
	void takesObjectsOfTheAttributesType() {
		Instant founded = Instant.parse("2000-01-02T03:04:05.123456Z");
		Filter<City> filter = Filter.of(City.class)
			.where("founded")
			.equalTo(founded)
			.and("feature")
			.equalTo(City.Feature.TOWN)
			.and("slogan")
			.equalTo(new Slogan("Downtown Switzerland"))
			.and("population")
			.equalTo(436_000L)
			.and("walled")
			.equalTo(true)
			.and("elevation")
			.equalTo(408.5f);
		assertThat(names(filter)).containsExactly("Zürich");
		assertThat(Filter.parse(City.class, filter.toString())).isEqualTo(filter);
		assertThat(names(filter.toString())).containsExactly("Zürich");
	}

	@ParameterizedTest
	@ValueSource(strings = { "O'Brien's \\ \" ' or 1=1 -- \uD83D\uDE00", "' or 1=1 --", "\\'; drop table queried_city",
			"?", "$1", "%", ":name", "{d '2020-01-01'}", "\n\t", "", "\u202Eabc", "Zürich' and 'a'='a" })
	void valuesNeverBecomePartOfTheStatement(String value) {
		persistence.takeStatements();
		Filter<City> filter = Filter.of(City.class).where("name").equalTo(value);
		List<String> expected = value.startsWith("O'Brien") ? List.of(value) : List.of();
		assertThat(names(filter)).isEqualTo(expected);
		assertThat(names(filter.toString())).isEqualTo(expected);
		assertThat(persistence.takeStatements()).hasSize(2).allMatch((sql) -> sql.contains("name=?"));
	}

	@Test
	void isASpecificationOfSpringData() {
		PredicateSpecification<City> specification = Filter.parse(City.class, "name = 'Bern'")::toPredicate;
		List<City> found = persistence.read((entityManager) -> {
			CriteriaBuilder builder = entityManager.getCriteriaBuilder();
			CriteriaQuery<City> query = builder.createQuery(City.class);
			Root<City> root = query.from(City.class);
			return entityManager.createQuery(query.where(specification.toPredicate(root, builder))).getResultList();
		});
		assertThat(found).extracting((city) -> city.name).containsExactly("Bern");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			`` | 1 | Expected an attribute but found the end
			`  ` | 3 | Expected an attribute but found the end
			= 5 | 1 | Expected an attribute but found '='
			name | 5 | Expected one of =, !=, <, <=, >, >= but found the end
			name like 'a' | 6 | Expected one of =, !=, <, <=, >, >= but found 'l'
			name = | 7 | Expected a text in single quotes, a number, true or false but found the end
			name = CH | 8 | Expected a text in single quotes, a number, true or false but found 'C'
			name = 1.2.3 | 8 | Expected a text in single quotes, a number, true or false but found '1'
			name = 'CH | 8 | The text that begins here does not end with a single quote
			name = 'a' or 1=1 | 12 | Expected 'and' or the end but found 'o'
			name = 'a'; x | 11 | Expected 'and' or the end but found ';'
			name = 'a' and | 15 | Expected an attribute but found the end
			country..code = 'CH' | 1 | 'country..code' is not the name of an attribute
			1name = 'CH' | 1 | '1name' is not the name of an attribute
			""")
	void textThatIsNoFilterIsRefusedWithItsPosition(String text, int position, String problem) {
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> Filter.parse(City.class, text))
			.withMessage("%s (position %d of \"%s\")".formatted(problem, position, text))
			.satisfies((ex) -> assertThat(ex.getPosition()).isEqualTo(position));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					id > 0 and populatoin > 5 | 12 | City has no attribute 'populatoin'; it has %s
					id > 0 and country.kode = 'CH' | 20 | Country has no attribute 'kode'; it has code, id, name
					name.length > 5 | 6 | 'name' has no attributes that could be named by 'name.length'
					country = 5 | 1 | 'country' is an association and no single value; name one of its attributes code, id, name
					mayor = 'x' | 1 | 'mayor' is an embedded value and no single value; name one of its attributes family, given
					nicknames = 'x' | 1 | 'nicknames' of City holds many values; a path follows to-one associations only
					population > 'many' | 14 | 'many' is not a value of attribute 'population', which is of type Integer
					population > 1.5 | 14 | 1.5 is not a value of attribute 'population', which is of type Integer
					population > 3000000000 | 14 | 3000000000 is not a value of attribute 'population', which is of type Integer
					population = true | 14 | true is not a value of attribute 'population', which is of type Integer
					name = 5 | 8 | 5 is not a value of attribute 'name', which is of type String
					walled = 'yes' | 10 | 'yes' is not a value of attribute 'walled', which is of type Boolean
					country.code = 'CH' and founded > 'soon' | 35 | 'soon' is not a value of attribute 'founded', which is of type Instant
					feature = 'VILLAGE' | 11 | 'VILLAGE' is not a value of attribute 'feature', which is of type Feature [CAPITAL, TOWN]
					code = 'x' | 8 | 'x' is not a value of attribute 'code', which is of type UUID
					location > '(1,2)' | 1 | 'location' of type GeoPoint has no order, so '>' can't compare it
					""")
	void whatDoesNotFitTheEntityIsRefusedWithItsPosition(String text, int position, String problem) {
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> names(text))
			.withMessage("%s (position %d of \"%s\")".formatted(problem.formatted(ATTRIBUTES), position, text))
			.satisfies((ex) -> assertThat(ex.getPosition()).isEqualTo(position));
	}

	@Test
	void whatWasBuiltIsRefusedWithoutAPosition() {
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> names(Filter.of(City.class).where("populatoin").equalTo(5)))
			.withMessage("City has no attribute 'populatoin'; it has " + ATTRIBUTES)
			.satisfies((ex) -> assertThat(ex.getPosition()).isZero());
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> names(Filter.of(City.class).where("name").equalTo(new GeoPoint(1, 2))))
			.withMessage("'(2.0,1.0)' is not a value of attribute 'name', which is of type String");
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> Filter.of(City.class).where("name or 1=1"))
			.withMessage("'name or 1=1' is not the name of an attribute");
	}

	@Test
	@SuppressWarnings({ "DataFlowIssue", "NullAway" })
	void nullIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Filter.of(City.class).where("name").equalTo(null))
			.withMessage("'name' can't be compared with null");
	}

}
