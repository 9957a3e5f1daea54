package io.uno.crud;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.uno.error.AmbiguousEntityException;
import io.uno.error.InvalidQueryException;
import io.uno.error.NoSuchEntityException;
import io.uno.error.UnknownEntityException;
import io.uno.query.EntityPersistence;
import io.uno.query.Filter;
import io.uno.routing.ReadOnlyRouteException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Window;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@org.junit.jupiter.api.Tag("postgres")
class UnoDbTests {

	@SuppressWarnings("NullAway.Init") // before all tests
	private static EntityPersistence persistence;

	private final UnoDbFactory factory = UnoDbFactory.create(persistence.entityManagerFactory(),
			(entity) -> persistence.sessions());

	private final UnoDb<City> cities = this.factory.of(City.class);

	private final UnoDb<Country> countries = this.factory.of(Country.class);

	private final UnoDb<Note> notes = this.factory.of(Note.class);

	private final TransactionTemplate transaction = persistence.transaction();

	@BeforeAll
	static void start() {
		persistence = new EntityPersistence(City.class, Country.class, Note.class);
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@BeforeEach
	void empty() {
		persistence.jdbc().sql("truncate crud_city, crud_country, crud_note cascade").update();
	}

	private City created(long geonameId, String name) {
		return this.cities.create(new City(geonameId, name, null));
	}

	private static long idOf(City city) {
		return Objects.requireNonNull(city.id);
	}

	private static long rows() {
		return persistence.jdbc().sql("select count(*) from crud_city").query(Long.class).single();
	}

	@Test
	void createsAndGets() {
		City city = new City(1, "Zürich", this.countries.create(new Country("CH")));
		city.nicknames.add("Downtown Switzerland");
		assertThat(this.cities.create(city)).isSameAs(city);
		assertThat(city.id).isNotNull();
		persistence.takeStatements();
		assertThat(this.cities.get(idOf(city)).name).isEqualTo("Zürich");
		assertThat(persistence.takeStatements()).hasSize(1);
		assertThat(this.cities.get("geonameId", 1).id).isEqualTo(city.id);
		assertThat(persistence.takeStatements()).hasSize(1);
		assertThat(this.cities.get("country.code", "CH").id).isEqualTo(city.id);
		assertThat(this.cities.find("name", "Zürich")).get().extracting((found) -> found.id).isEqualTo(city.id);
	}

	@Test
	void takesAPrimaryKeyThatConverts() {
		City city = created(1, "Zürich");
		assertThat(this.cities.get(Math.toIntExact(idOf(city))).name).isEqualTo("Zürich");
		assertThat(this.cities.get("" + city.id).name).isEqualTo("Zürich");
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.cities.get("' or 1=1"))
			.withMessage("''' or 1=1' is not a value of attribute 'id', which is of type Long");
	}

	@Test
	void whatIsNotThereIsSaid() {
		assertThatExceptionOfType(NoSuchEntityException.class).isThrownBy(() -> this.cities.get(5))
			.withMessage("No CrudCity with id = 5")
			.isInstanceOf(EmptyResultDataAccessException.class);
		assertThatExceptionOfType(NoSuchEntityException.class).isThrownBy(() -> this.cities.get(5L))
			.withMessage("No CrudCity with id = 5");
		assertThatExceptionOfType(NoSuchEntityException.class).isThrownBy(() -> this.cities.get("name", "O'Brien"))
			.withMessage("No CrudCity with name = 'O''Brien'")
			.satisfies((ex) -> assertThat(ex.getEntityName()).isEqualTo("CrudCity"))
			.satisfies((ex) -> assertThat(ex.getCriterion()).isEqualTo("name = 'O''Brien'"));
		assertThatExceptionOfType(NoSuchEntityException.class)
			.isThrownBy(() -> this.cities.filter("name = 'x' and population > 3").one())
			.withMessage("No CrudCity with name = 'x' and population > 3");
		assertThatExceptionOfType(NoSuchEntityException.class).isThrownBy(() -> this.cities.deleteById(5))
			.withMessage("No CrudCity with id = 5");
		assertThat(this.cities.find(5)).isEmpty();
		assertThat(this.cities.find("name", "x")).isEmpty();
	}

	@Test
	void whatIsThereTwiceIsSaid() {
		created(1, "Springfield");
		created(2, "Springfield");
		assertThatExceptionOfType(AmbiguousEntityException.class)
			.isThrownBy(() -> this.cities.get("name", "Springfield"))
			.withMessage("More than one CrudCity with name = 'Springfield'")
			.isInstanceOf(IncorrectResultSizeDataAccessException.class)
			.satisfies((ex) -> assertThat(ex.getEntityName()).isEqualTo("CrudCity"))
			.satisfies((ex) -> assertThat(ex.getCriterion()).isEqualTo("name = 'Springfield'"));
		assertThatExceptionOfType(AmbiguousEntityException.class)
			.isThrownBy(() -> this.cities.find("name", "Springfield"));
	}

	@Test
	void existsAndCounts() {
		City one = created(1, "Springfield");
		created(2, "Springfield");
		assertThat(this.cities.exists(idOf(one))).isTrue();
		assertThat(this.cities.exists(-1)).isFalse();
		assertThat(this.cities.exists("name", "Springfield")).isTrue();
		assertThat(this.cities.exists("name", "' or ''='")).isFalse();
		assertThat(this.cities.count("name", "Springfield")).isEqualTo(2);
		assertThat(this.cities.count("name", "x")).isZero();
	}

	@Test
	void updatesTheRow() {
		City city = created(1, "Zürich");
		city.population = 436_000;
		City updated = this.cities.update(city);
		assertThat(updated.version).isEqualTo(1);
		assertThat(this.cities.get(idOf(city)).population).isEqualTo(436_000);
	}

	@Test
	void staleVersionIsRefused() {
		City city = created(1, "Zürich");
		City other = this.cities.get(idOf(city));
		other.population = 1;
		this.cities.update(other);
		city.population = 2;
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(() -> this.cities.update(city));
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(() -> this.cities.delete(city));
		assertThat(this.cities.get(idOf(city)).population).isOne();
	}

	@Test
	void updateInsertsNothing() {
		assertThatExceptionOfType(NoSuchEntityException.class)
			.isThrownBy(() -> this.notes.update(new Note(7L, "not there")))
			.withMessage("No CrudNote with id = 7");
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> this.notes.update(new Note(null, "new")))
			.withMessage("CrudNote has no primary key: it was neither read nor created before; call create or "
					+ "getOrCreate");
		City city = created(1, "Zürich");
		city.version = null;
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> this.cities.update(city))
			.withMessage("CrudCity has no version: it was neither read nor created before; call create or getOrCreate");
		assertThat(rows()).isOne();
		assertThat(persistence.jdbc().sql("select count(*) from crud_note").query(Long.class).single()).isZero();
	}

	@Test
	void deletesOneRow() {
		City zurich = created(1, "Zürich");
		City bern = created(2, "Bern");
		created(3, "Basel");
		this.cities.delete(zurich);
		this.cities.deleteById(idOf(bern));
		assertThat(this.cities.filter("geonameId > 0").list()).extracting((city) -> city.name).containsExactly("Basel");
		assertThatExceptionOfType(NoSuchEntityException.class).isThrownBy(() -> this.cities.delete(zurich));
	}

	@Test
	void filtersInOrderAndNumber() {
		for (int i = 1; i <= 9; i++) {
			City city = new City(i, "city", null);
			city.population = i % 3;
			this.cities.create(city);
		}
		List<Long> walked = new ArrayList<>();
		UnoQuery<City> query = this.cities.filter("population > 0").sort("-population, geonameId").limit(2);
		Window<City> window = this.cities.filter(Filter.of(City.class).where("population").greaterThan(0))
			.sort("-population, name")
			.limit(2)
			.window();
		assertThat(query.list()).extracting((city) -> city.geonameId).containsExactly(2L, 5L);
		while (true) {
			window.forEach((city) -> walked.add(city.geonameId));
			if (!window.hasNext()) {
				break;
			}
			window = this.cities.filter("population > 0")
				.sort("-population, name")
				.after(window.positionAt(window.size() - 1))
				.limit(2)
				.window();
		}
		assertThat(walked).containsExactly(2L, 5L, 8L, 1L, 4L, 7L);
		assertThat(query.count()).isEqualTo(6);
		assertThat(query.exists()).isTrue();
		assertThat(this.cities.filter("geonameId = 4").one().geonameId).isEqualTo(4);
		assertThat(this.cities.filter("geonameId = 10").optional()).isEqualTo(Optional.empty());
	}

	@Test
	void joinsTheCallersTransaction() {
		this.transaction.executeWithoutResult((status) -> {
			City city = this.cities.create(new City(1, "undone", null));
			assertThat(this.cities.get("geonameId", 1)).isSameAs(city);
			city.population = 7;
			assertThat(this.cities.filter("population = 7").one()).isSameAs(city);
			assertThat(this.cities.update(city)).isSameAs(city);
			status.setRollbackOnly();
		});
		assertThat(rows()).isZero();
	}

	@Test
	void writesAreRefusedInAReadOnlyTransaction() {
		TransactionTemplate readOnly = persistence.transaction();
		readOnly.setReadOnly(true);
		assertThatExceptionOfType(ReadOnlyRouteException.class)
			.isThrownBy(() -> readOnly.executeWithoutResult((status) -> created(1, "x")));
	}

	@Test
	void readsAreReadOnly() {
		created(1, "Zürich");
		this.cities.filter("geonameId = 1").list().get(0).name = "changed";
		assertThat(this.cities.get("geonameId", 1).name).isEqualTo("Zürich");
	}

	@Test
	void failuresAreThoseOfSpring() {
		created(1, "Zürich");
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> created(1, "again"));
		assertThat(persistence.activeConnections()).isZero();
	}

	@Test
	void attributeThatDoesNotExistNamesThoseThatDo() {
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.cities.get("geoname_id", 1))
			.withMessage(
					"City has no attribute 'geoname_id'; it has country, createdBy, geonameId, id, name, nicknames, "
							+ "population, version");
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> this.cities.filter("name = 'x' or 1=1"));
	}

	@Test
	void classThatIsNoEntityNamesTheEntities() {
		assertThatExceptionOfType(UnknownEntityException.class).isThrownBy(() -> this.factory.of(String.class))
			.withMessage("java.lang.String is not an entity; the entities are io.uno.crud.City, io.uno.crud.Country, "
					+ "io.uno.crud.Note");
	}

}
