package io.uno.crud;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.uno.crud.Saved.Outcome;
import io.uno.error.InvalidQueryException;
import io.uno.query.EntityPersistence;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@org.junit.jupiter.api.Tag("postgres")
class GetOrCreateTests {

	private static final int CALLERS = 20;

	@SuppressWarnings("NullAway.Init") // before all tests
	private static EntityPersistence persistence;

	private final UnoDbFactory factory = UnoDbFactory.create(persistence.entityManagerFactory(),
			(entity) -> persistence.sessions());

	private final UnoDb<City> cities = this.factory.of(City.class);

	private final UnoDb<Country> countries = this.factory.of(Country.class);

	private final UnoDb<Tag> tags = this.factory.of(Tag.class);

	private final TransactionTemplate transaction = persistence.transaction();

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	@BeforeAll
	static void start() {
		persistence = new EntityPersistence(City.class, Country.class, Tag.class, Note.class);
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@BeforeEach
	void empty() {
		persistence.jdbc().sql("truncate crud_city, crud_country, crud_tag cascade").update();
		persistence.takeStatements();
	}

	@AfterEach
	void shutDown() {
		this.callers.shutdownNow();
		assertThat(persistence.activeConnections()).isZero();
	}

	private static City zurich() {
		return new City(1, "Zürich", null);
	}

	private static long count(String table) {
		return persistence.jdbc().sql("select count(*) from " + table).query(Long.class).single();
	}

	private <T> List<T> concurrently(Callable<T> call) throws InterruptedException, ExecutionException {
		CountDownLatch together = new CountDownLatch(CALLERS);
		List<Future<T>> calls = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			calls.add(this.callers.submit(() -> {
				together.countDown();
				together.await();
				return call.call();
			}));
		}
		List<T> results = new ArrayList<>();
		for (Future<T> future : calls) {
			results.add(future.get());
		}
		return results;
	}

	@Test
	void createsWhatIsNotThereByTwoStatements() {
		City city = zurich();
		city.nicknames.add("Limmatstadt");
		Saved<City> saved = this.cities.getOrCreate(city, "geonameId");
		assertThat(persistence.takeStatements()).hasSize(3)
			.anySatisfy((sql) -> assertThat(sql).startsWith("insert into crud_city_nicknames"));
		assertThat(saved.created()).isTrue();
		assertThat(saved.outcome()).isEqualTo(Outcome.INSERTED);
		assertThat(saved.entity()).isSameAs(city);
		City stored = this.cities.get("geonameId", 1);
		assertThat(stored.id).isEqualTo(city.id);
		assertThat(stored.createdBy).isEqualTo("callback");
		assertThat(stored.version).isEqualTo(city.version).isZero();
		persistence.takeStatements();
		this.cities.getOrCreate(new City(3, "Basel", null), "geonameId");
		assertThat(persistence.takeStatements()).hasSize(2);
		this.tags.getOrCreate(new Tag("new"));
		assertThat(persistence.takeStatements()).hasSize(2);
	}

	@Test
	void returnsWhatIsThereByOneStatement() {
		City first = this.cities.create(zurich());
		persistence.takeStatements();
		Saved<City> saved = this.cities.getOrCreate(new City(1, "another name", null), "geonameId");
		assertThat(persistence.takeStatements()).hasSize(1);
		assertThat(saved.created()).isFalse();
		assertThat(saved.outcome()).isEqualTo(Outcome.EXISTING);
		assertThat(saved.entity().id).isEqualTo(first.id);
		assertThat(saved.entity().name).isEqualTo("Zürich");
	}

	@Test
	void concurrentCallersGetOneRowThatOneHasCreated() throws Exception {
		for (int round = 0; round < 5; round++) {
			long geonameId = 100 + round;
			List<Saved<City>> all = concurrently(
					() -> this.cities.getOrCreate(new City(geonameId, "city", null), "geonameId"));
			assertThat(all).filteredOn(Saved::created).hasSize(1);
			assertThat(all).extracting((saved) -> saved.entity().id).containsOnly(all.get(0).entity().id);
			assertThat(this.cities.count("geonameId", geonameId)).isOne();
		}
	}

	@Test
	void concurrentTransactionsGetOneRowAndGoOn() throws Exception {
		List<Saved<Tag>> all = concurrently(() -> result((status) -> {
			Tag before = this.tags.create(new Tag(Thread.currentThread().getName()));
			Saved<Tag> saved = this.tags.getOrCreate(new Tag("shared"));
			assertThat(this.tags.get("label", Thread.currentThread().getName())).isSameAs(before);
			return saved;
		}));
		assertThat(all).filteredOn(Saved::created).hasSize(1);
		assertThat(all).extracting((saved) -> saved.entity().id).containsOnly(all.get(0).entity().id);
		assertThat(count("crud_tag")).isEqualTo(CALLERS + 1);
	}

	private <T> T result(org.springframework.transaction.support.TransactionCallback<T> work) {
		return Objects.requireNonNull(this.transaction.execute(work));
	}

	/**
	 * The loser's insert waits for the winner's transaction, and is refused when that
	 * commits.
	 */
	@Test
	void loserOfARaceReadsTheRowOfTheWinner() throws Exception {
		Future<Saved<City>> loser = result((status) -> {
			this.cities.create(zurich());
			this.cities.filter("geonameId = 1").one();
			persistence.takeStatements();
			Future<Saved<City>> waiting = this.callers.submit(() -> this.cities.getOrCreate(zurich(), "geonameId"));
			awaitBlockedInsert();
			return waiting;
		});
		assertThat(loser.get().outcome()).isEqualTo(Outcome.EXISTING);
		assertThat(persistence.takeStatements()).hasSize(3);
	}

	@Test
	void insertThatWaitsForARollbackSucceeds() throws Exception {
		Future<Saved<City>> waiting = result((status) -> {
			this.cities.create(zurich());
			this.cities.filter("geonameId = 1").one();
			Future<Saved<City>> second = this.callers.submit(() -> this.cities.getOrCreate(zurich(), "geonameId"));
			awaitBlockedInsert();
			status.setRollbackOnly();
			return second;
		});
		assertThat(waiting.get().created()).isTrue();
		assertThat(count("crud_city")).isOne();
	}

	@Test
	void loserInsideATransactionGoesOn() throws Exception {
		Future<City> loser = result((status) -> {
			this.cities.create(zurich());
			this.cities.filter("geonameId = 1").one();
			Future<City> waiting = this.callers.submit(() -> result((joined) -> {
				this.tags.create(new Tag("before"));
				City found = this.cities.getOrCreate(zurich(), "geonameId").entity();
				found.population = 5;
				this.tags.create(new Tag("after"));
				return found;
			}));
			awaitBlockedInsert();
			return waiting;
		});
		assertThat(this.cities.get(Objects.requireNonNull(loser.get().id)).population).isEqualTo(5);
		assertThat(count("crud_tag")).isEqualTo(2);
		assertThat(count("crud_city")).isOne();
	}

	private static void awaitBlockedInsert() {
		Awaitility.await()
			.until(() -> persistence.jdbc()
				.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert%' and datname = current_database()")
				.query(Long.class)
				.single() == 1);
	}

	@Test
	void createdInATransactionBelongsToIt() {
		this.transaction.executeWithoutResult((status) -> {
			Country country = this.countries.create(new Country("CH"));
			Saved<City> saved = this.cities.getOrCreate(new City(1, "Zürich", country), "geonameId");
			assertThat(saved.created()).isTrue();
			assertThat(this.cities.get("geonameId", 1)).isSameAs(saved.entity());
			assertThat(saved.entity().country).isSameAs(country);
			saved.entity().population = 436_000;
		});
		assertThat(this.cities.get("geonameId", 1).population).isEqualTo(436_000);
	}

	@Test
	void rollbackOfTheTransactionUndoesTheInsert() {
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.cities.getOrCreate(zurich(), "geonameId").created()).isTrue();
			status.setRollbackOnly();
		});
		assertThat(count("crud_city")).isZero();
	}

	@Test
	void keyMayHoldAnAssociation() {
		Country country = this.countries.create(new Country("CH"));
		Country other = this.countries.create(new Country("IT"));
		City city = this.cities.getOrCreate(new City(1, "Zürich", country), "country", "name").entity();
		assertThat(this.cities.getOrCreate(new City(2, "Zürich", country), "country", "name"))
			.satisfies((saved) -> assertThat(saved.created()).isFalse())
			.satisfies((saved) -> assertThat(saved.entity().id).isEqualTo(city.id));
		assertThat(this.cities.getOrCreate(new City(3, "Zürich", other), "country", "name").created()).isTrue();
	}

	@Test
	void onlyKeyNeedsNoName() {
		assertThat(this.countries.getOrCreate(new Country("CH")).created()).isTrue();
		assertThat(this.countries.getOrCreate(new Country("CH")).created()).isFalse();
		assertThat(this.tags.getOrCreate(new Tag("a")).created()).isTrue();
		assertThat(this.tags.getOrCreate(new Tag("a")).created()).isFalse();
	}

	@Test
	void keyThatIsNotClearIsAskedFor() {
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.cities.getOrCreate(zurich()))
			.withMessage("CrudCity has more than one unique key; name the attributes of one of [geonameId], "
					+ "[country, name]");
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> this.factory.of(Note.class).getOrCreate(new Note(1L, "x")))
			.withMessage("CrudNote is mapped with neither a natural id nor a unique constraint; name the attributes of "
					+ "a key that is unique in the database");
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> this.tags.getOrCreate(new Tag(null), "label"))
			.withMessage("'label' of CrudTag is part of the unique key and has no value");
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> this.tags.getOrCreate(new Tag("x"), "lable"))
			.withMessage("CrudTag has no attribute 'lable' that could be part of a unique key; it has id, label");
	}

	@Test
	void violationOfAnotherKeyIsThrown() {
		Country country = this.countries.create(new Country("CH"));
		this.cities.create(new City(1, "Zürich", country));
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.cities.getOrCreate(new City(2, "Zürich", country), "geonameId"));
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> this.transaction
			.executeWithoutResult((status) -> this.cities.getOrCreate(new City(2, "Zürich", country), "geonameId")));
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.cities.getOrCreate(new City(3, broken(), null), "geonameId"));
		assertThat(count("crud_city")).isOne();
	}

	@SuppressWarnings("NullAway")
	private static String broken() {
		@Nullable String none = null;
		return none;
	}

	@Test
	void rowThatTheTransactionCantSeeIsTheServersError() throws Exception {
		TransactionTemplate repeatable = persistence.transaction();
		repeatable.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> repeatable.executeWithoutResult((status) -> {
				assertThat(this.cities.exists("geonameId", 1)).isFalse();
				createElsewhere();
				this.cities.getOrCreate(zurich(), "geonameId");
			}));
	}

	private void createElsewhere() {
		try {
			this.callers.submit(() -> this.cities.create(zurich())).get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
