package io.uno.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import io.uno.error.InvalidQueryException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("postgres")
class WindowTests {

	private static final int CITIES = 60;

	@SuppressWarnings("NullAway.Init") // before all tests
	private static EntityPersistence persistence;

	private final EntityQuery<City> cities = EntityQuery.of(Filter.parse(City.class, "id > 0"));

	@BeforeAll
	static void start() {
		persistence = new EntityPersistence(City.class, Country.class);
		List<Country> countries = List.of(new Country(1, "CH", "Schweiz"), new Country(2, "IT", "Italia"),
				new Country(3, "AT", "Österreich"));
		persistence.persist(countries.toArray());
		Random random = new Random(1);
		List<City> cities = new ArrayList<>();
		for (long id = 1; id <= CITIES; id++) {
			City city = new City(id, "city " + random.nextInt(4), random.nextInt(5), countries.get(random.nextInt(3)));
			city.elevation = random.nextInt(3) / 3.0;
			city.walled = random.nextBoolean();
			cities.add(city);
		}
		Collections.shuffle(cities, random);
		persistence.persist(cities.toArray());
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	private static List<Long> ids(Iterable<City> cities) {
		List<Long> ids = new ArrayList<>();
		cities.forEach((city) -> ids.add(idOf(city)));
		return ids;
	}

	private static long idOf(City city) {
		return Objects.requireNonNull(city.id);
	}

	private Window<City> window(EntityQuery<City> query) {
		return persistence.read(query::window);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			-population, name                | 7
			population, -name, elevation     | 1
			-population, -name, -elevation   | 13
			name                             | 60
			-name                            | 59
			country.code, -population        | 61
			-country.code, name, walled, -id | 9
			id                               | 7
			-id                              | 7
			walled,id,name                   | 7
			""")
	void windowsOneAfterTheOtherAreTheWholeOrder(String order, int size) {
		List<Long> all = persistence
			.read((entityManager) -> ids(this.cities.sort(withTieBreaker(order)).list(entityManager)));
		assertThat(all).hasSize(CITIES);
		List<Long> walked = new ArrayList<>();
		ScrollPosition position = ScrollPosition.keyset();
		Window<City> window;
		do {
			window = window(this.cities.sort(order).after(position).limit(size));
			walked.addAll(ids(window));
			position = window.positionAt(window.size() - 1);
		}
		while (window.hasNext());
		assertThat(walked).isEqualTo(all);
	}

	private static String withTieBreaker(String order) {
		return order.matches(".*\\bid\\b.*") ? order : order + ", id";
	}

	@ParameterizedTest
	@ValueSource(strings = { "-population, name", "country.code, -elevation", "-id" })
	void windowsBackwardAreTheOnesBefore(String order) {
		EntityQuery<City> query = this.cities.sort(order).limit(7);
		List<Long> all = persistence
			.read((entityManager) -> ids(this.cities.sort(withTieBreaker(order)).list(entityManager)));
		Window<City> first = window(query);
		Window<City> second = window(query.after(first.positionAt(6)));
		assertThat(ids(second)).isEqualTo(all.subList(7, 14));
		KeysetScrollPosition start = (KeysetScrollPosition) second.positionAt(0);
		Window<City> back = window(query.after(start.backward()));
		assertThat(ids(back)).isEqualTo(ids(first));
		assertThat(back.hasNext()).isFalse();
		assertThat(ids(window(query.after(start.backward()).limit(3)))).isEqualTo(all.subList(4, 7));
		assertThat(window(query.after(start.backward()).limit(3)).hasNext()).isTrue();
		assertThat(((KeysetScrollPosition) back.positionAt(0)).scrollsBackward()).isTrue();
		Window<City> last = window(query.after(ScrollPosition.keyset().backward()));
		assertThat(ids(last)).isEqualTo(all.subList(CITIES - 7, CITIES));
	}

	@Test
	void theFilterHoldsInEveryWindow() {
		EntityQuery<City> query = EntityQuery.of(Filter.parse(City.class, "country.code = 'CH' and walled = true"))
			.sort("-population");
		List<Long> expected = ids(persistence.read(query.sort("-population,id")::list));
		Window<City> first = window(query.limit(2));
		List<City> rest = persistence.read(query.after(first.positionAt(1))::list);
		assertThat(ids(first)).isEqualTo(expected.subList(0, 2));
		assertThat(ids(rest)).isEqualTo(expected.subList(2, expected.size()));
		assertThat(persistence.<Long>read(query.after(first.positionAt(1)).limit(1)::count)).isEqualTo(expected.size());
	}

	@Test
	void positionIsThatOfSpringData() {
		Window<City> window = window(this.cities.sort("-population, country.code").limit(1));
		City city = window.getContent().get(0);
		KeysetScrollPosition position = (KeysetScrollPosition) window.positionAt(0);
		assertThat(position.scrollsForward()).isTrue();
		assertThat(position.getKeys()).containsOnlyKeys("population", "country.code", "id")
			.containsEntry("population", city.population)
			.containsEntry("id", idOf(city));
		Map<String, Object> texts = Map.of("population", "" + city.population, "country.code",
				Objects.requireNonNull(position.getKeys().get("country.code")), "id", Math.toIntExact(idOf(city)));
		EntityQuery<City> query = this.cities.sort("-population, country.code").limit(5);
		assertThat(ids(window(query.after(ScrollPosition.forward(texts)))))
			.isEqualTo(ids(window(query.after(position))));
	}

	@Test
	void emptyWindowHasNoNext() {
		Window<City> window = window(EntityQuery.of(Filter.parse(City.class, "id < 0")).sort("name").limit(1));
		assertThat(window).isEmpty();
		assertThat(window.hasNext()).isFalse();
	}

	@Test
	void takesTheSortOfSpringData() {
		Sort sort = Sort.by(Sort.Order.desc("population"), Sort.Order.asc("name"));
		assertThat(ids(window(this.cities.sort(sort).limit(9))))
			.isEqualTo(ids(window(this.cities.sort("-population,+name").limit(9))));
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> this.cities.sort(Sort.by(Sort.Order.asc("name").ignoreCase())))
			.withMessage("Can't sort by 'name' ignoring case or placing nulls; give property and direction only");
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> this.cities.sort(Sort.by(Sort.Order.asc("name").nullsLast())));
	}

	@Test
	void listIsInOrderAndLimited() {
		List<City> list = persistence.read(this.cities.sort("-population, -id").limit(10)::list);
		assertThat(list).hasSize(10)
			.isSortedAccordingTo(
					Comparator.<City>comparingInt((city) -> -city.population).thenComparing((city) -> -idOf(city)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					-population, area | 14 | A window can't be sorted by 'area': 'area' may be null, and a null has no place after or before another row; sort by an attribute that is mapped as not null (nullable = false)
					twin.code         | 1  | A window can't be sorted by 'twin.code': 'twin' may be null, and a null has no place after or before another row; sort by an attribute that is mapped as not null (nullable = false)
					country.name      | 1  | A window can't be sorted by 'country.name': 'name' may be null, and a null has no place after or before another row; sort by an attribute that is mapped as not null (nullable = false)
					location          | 1  | 'location' of type GeoPoint has no order, so '>' can't compare it
					name, -country.kode | 16 | Country has no attribute 'kode'; it has code, id, name
					""")
	void keyThatGivesNoPlaceIsRefused(String order, int position, String problem) {
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> window(this.cities.sort(order).limit(5)))
			.withMessage("%s (position %d of \"%s\")".formatted(problem, position, order))
			.satisfies((ex) -> assertThat(ex.getPosition()).isEqualTo(position));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``          | 1 | Expected an attribute to sort by, with '-' in front for descending order
			name,       | 6 | Expected an attribute to sort by, with '-' in front for descending order
			name, --id  | 8 | '-id' is not the name of an attribute
			name desc   | 1 | 'name desc' is not the name of an attribute
			name, -name | 8 | 'name' is named twice in the order
			""")
	void textThatIsNoOrderIsRefused(String order, int position, String problem) {
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.cities.sort(order))
			.withMessage("%s (position %d of \"%s\")".formatted(problem, position, order));
	}

	@Test
	void positionOfAnotherOrderIsRefused() {
		Window<City> window = window(this.cities.sort("-population").limit(1));
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> window(this.cities.sort("name").after(window.positionAt(0)).limit(1)))
			.withMessage("The position is one of another order: it has id, population, this order needs id, name");
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> window(
				this.cities.sort("name").after(ScrollPosition.forward(Map.of("name", "a", "id", "' or 1=1"))).limit(1)))
			.withMessage("''' or 1=1' is not a value of attribute 'id', which is of type Long");
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> this.cities.after(ScrollPosition.offset(5)))
			.withMessage("Expected a position in a keyset (ScrollPosition.keyset(), or one of a window) but got "
					+ "OffsetScrollPosition [5]");
	}

	@Test
	void windowWithoutASizeIsRefused() {
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> window(this.cities.sort("name")))
			.withMessage("A window needs a size: call limit(20)");
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.cities.limit(0))
			.withMessage("A limit is at least 1, not 0");
	}

}
