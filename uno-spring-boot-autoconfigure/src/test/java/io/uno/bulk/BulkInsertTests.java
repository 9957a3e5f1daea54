package io.uno.bulk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.error.BulkMappingException;
import io.uno.error.BulkRowException;
import io.uno.type.GeoPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.uno.bulk.ErrorPolicy.collect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("postgres")
class BulkInsertTests {

	private static final TestPersistence persistence = TestPersistence.onPostgres(City.class, Region.class,
			Country.class);

	private final BulkService bulk = persistence.bulk();

	@BeforeEach
	void empty() {
		persistence.jdbc().sql("truncate city, region, country").update();
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@Test
	void writesWhatHibernateReads() {
		City city = new City(1, "Zürich 🏔");
		city.code = UUID.randomUUID();
		city.population = 443_037;
		city.elevation = 408.5;
		city.walled = true;
		city.area = new BigDecimal("91.88");
		city.feature = City.Feature.TOWN;
		city.founded = Instant.parse("1929-01-02T03:04:05.678901Z");
		city.location = new GeoPoint(47.37, 8.54);
		BulkResult result = this.bulk.insert(City.class).from(List.of(city, new City(2, "Bern")));
		assertThat(result.rowsRead()).isEqualTo(2);
		assertThat(result.inserted()).isEqualTo(2);
		assertThat(result.updated()).isZero();
		assertThat(result.rejected()).isEmpty();
		assertThat(result.unresolved()).isEmpty();
		assertThat(result.plan().strategy()).isEqualTo(BulkStrategy.COPY);
		assertThat(city.version).isZero();
		List<City> read = persistence.all(City.class);
		assertThat(read).hasSize(2);
		assertThat(read.get(0)).usingRecursiveComparison().ignoringFields("created").isEqualTo(city);
		assertThat(read.get(0).created).isNotNull();
		assertThat(read.get(1).location).isNull();
	}

	@Test
	void readsMoreRowsThanFitIntoOneBuffer() {
		BulkResult result = this.bulk.insert(City.class).from(cities(100_001));
		assertThat(result.inserted()).isEqualTo(100_001);
		assertThat(persistence.jdbc().sql("select sum(id) from city").query(Long.class).single())
			.isEqualTo(LongStream.rangeClosed(1, 100_001).sum());
	}

	@Test
	void closesTheStream() {
		AtomicBoolean closed = new AtomicBoolean();
		this.bulk.insert(City.class).from(cities(1).onClose(() -> closed.set(true)));
		assertThat(closed).isTrue();
	}

	@Test
	void closesTheStreamOnFailure() {
		AtomicBoolean closed = new AtomicBoolean();
		assertThatExceptionOfType(BulkRowException.class).isThrownBy(
				() -> this.bulk.insert(City.class).from(Stream.of(new City(1, null)).onClose(() -> closed.set(true))));
		assertThat(closed).isTrue();
	}

	@Test
	void drawsIdsFromPooledSequences() {
		persistence.persist(new Country("AA"));
		List<Country> countries = IntStream.range(0, 12_345).mapToObj((i) -> new Country("C" + i)).toList();
		this.bulk.insert(Country.class).from(countries);
		persistence.persist(new Country("ZZ"));
		assertThat(countries).extracting((country) -> country.id).doesNotContainNull().doesNotHaveDuplicates();
		assertThat(persistence.count("country")).isEqualTo(12_347);
		assertThat(persistence.all(Country.class)).filteredOn((country) -> Objects.equals(country.code, "C777"))
			.singleElement()
			.satisfies((country) -> assertThat(country.id).isEqualTo(countries.get(777).id));
	}

	@Test
	void drawsIdsOfIdentityColumns() {
		Country country = new Country("CH");
		persistence.persist(country);
		List<Region> regions = List.of(new Region(country, "ZH"), new Region(country, "BE"));
		this.bulk.insert(Region.class).from(regions);
		persistence.persist(new Region(country, "UR"));
		assertThat(persistence.all(Region.class)).extracting((region) -> region.code).containsExactly("ZH", "BE", "UR");
		assertThat(regions).extracting((region) -> region.id)
			.containsExactlyElementsOf(
					persistence.all(Region.class).stream().limit(2).map((region) -> region.id).toList());
	}

	@Test
	void resolvesNaturalKeys() {
		List<Country> countries = List.of(new Country("CH"), new Country("AT"));
		countries.forEach(persistence::persist);
		this.bulk.insert(Region.class)
			.resolving("country")
			.from(List.of(new Region(new Country("CH"), "01"), new Region(new Country("AT"), "01")));
		List<City> cities = new ArrayList<>();
		for (int i = 1; i <= 6_000; i++) {
			String code = (i % 2 == 0) ? "CH" : "AT";
			cities.add(new City(i, "City").in(new Country(code), new Region(new Country(code), "01")));
		}
		BulkResult result = this.bulk.insert(City.class).resolving("country", "region").from(cities);
		assertThat(result.inserted()).isEqualTo(6_000);
		assertThat(persistence.jdbc()
			.sql("""
					select count(*) from city join region on region.id = city.region_id and region.country_id = city.country_id
					join country on country.id = city.country_id
					where country.code = case when city.id % 2 = 0 then 'CH' else 'AT' end
					""")
			.query(Long.class)
			.single()).isEqualTo(6_000);
	}

	@Test
	void refusesAnUnresolvedReference() {
		persistence.persist(new Country("CH"));
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> this.bulk.insert(City.class)
				.resolving("country")
				.from(List.of(new City(1, "Bern").in(new Country("CH"), null),
						new City(2, "Atlantis").in(new Country("XX"), null))))
			.withMessage(
					"Row 2 of io.uno.bulk.City cannot be written, attribute 'country': there is no Country with code=XX")
			.satisfies((ex) -> assertThat(ex.getRow()).isEqualTo(2));
		assertThat(persistence.count("city")).isZero();
	}

	@Test
	void reportsUnresolvedReferencesOfLenientAttributes() {
		Country country = new Country("CH");
		persistence.persist(country);
		BulkResult result = this.bulk.insert(City.class)
			.resolving("country")
			.resolvingLeniently("region")
			.from(List.of(new City(1, "Bern").in(new Country("CH"), new Region(new Country("CH"), "99"))));
		assertThat(result.unresolved())
			.containsExactly(new UnresolvedReference(1, "region", "country.code=CH, code=99"));
		assertThat(persistence.all(City.class)).singleElement().satisfies((city) -> {
			assertThat(city.region).isNull();
			assertThat(Objects.requireNonNull(city.country).id).isEqualTo(country.id);
		});
	}

	@Test
	void refusesAReferenceWithoutIdThatIsNotResolved() {
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(
					() -> this.bulk.insert(City.class).from(List.of(new City(1, "Bern").in(new Country("CH"), null))))
			.withMessage("Row 1 of io.uno.bulk.City cannot be written, attribute 'country': it refers to a "
					+ "io.uno.bulk.Country that has no id; save that first, or name 'country' in resolving()");
	}

	@Test
	void refusesToResolveWhatIsNoReference() {
		assertThatExceptionOfType(BulkMappingException.class)
			.isThrownBy(() -> this.bulk.insert(City.class).resolving("name").from(List.of()))
			.withMessage("'name' is not a reference of io.uno.bulk.City that could be resolved; "
					+ "its references are [country, region]");
	}

	@Test
	void collectsBadRowsAndLoadsGoodOnes() {
		City large = new City(3, "Large");
		large.area = new BigDecimal("10000");
		City nameless = new City(2, null);
		City tooLong = new City(4, "x".repeat(21));
		City withNul = new City(5, "a\0b");
		BulkResult result = this.bulk.insert(City.class)
			.onError(collect(4))
			.from(List.of(new City(1, "Bern"), nameless, large, tooLong, withNul, new City(6, "🏔".repeat(20))));
		assertThat(result.rowsRead()).isEqualTo(6);
		assertThat(result.inserted()).isEqualTo(2);
		assertThat(result.rejected()).containsExactly(
				new RejectedRow(2, nameless, "name", "name", "it must not be null"),
				new RejectedRow(3, large, "area", "area", "the number is too large for numeric(6,2)"),
				new RejectedRow(4, tooLong, "name", "name",
						"the text has 21 characters, and the column keeps up to 20"),
				new RejectedRow(5, withNul, "name", "name",
						"the text has a NUL character at position 2, which PostgreSQL cannot keep"));
		assertThat(persistence.all(City.class)).extracting((city) -> city.id).containsExactly(1L, 6L);
	}

	@Test
	void handsRejectedRowsBackToBeMended() {
		BulkResult result = this.bulk.insert(City.class)
			.onError(collect(2))
			.from(Arrays.asList(new City(1, "Bern"), new City(2, null), null));
		assertThat(result.rejected()).extracting(RejectedRow::row).containsExactly(2L, 3L);
		assertThat(result.rejected().get(1).entity()).isNull();
		assertThat(result.rejected().get(0))
			.hasToString("RejectedRow[row=2, attribute=name, column=name, reason=it must not be null]");
		City mended = (City) Objects.requireNonNull(result.rejected().get(0).entity());
		mended.name = "Basel";
		this.bulk.insert(City.class).from(List.of(mended));
		assertThat(persistence.all(City.class)).extracting((city) -> city.name).containsExactly("Bern", "Basel");
	}

	@Test
	void givesUpWhenThereAreMoreBadRowsThanAllowed() {
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> this.bulk.insert(City.class)
				.onError(collect(1))
				.from(List.of(new City(1, null), new City(2, "Bern"), new City(3, null))))
			.withMessage("Row 3 of io.uno.bulk.City cannot be written, attribute 'name': it must not be null; "
					+ "that is one more than the 1 bad rows that collect(1) leaves out");
		assertThat(persistence.count("city")).isZero();
	}

	@Test
	void namesWhatTheServerRefused() {
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> this.bulk.insert(City.class)
				.onError(collect(1))
				.from(List.of(new City(7, "Bern"), new City(8, null), new City(7, "Basel"))))
			.satisfies((ex) -> {
				assertThat(ex.getRow()).isEqualTo(3);
				assertThat(ex.getConstraint()).isEqualTo("city_pkey");
				assertThat(ex.getTable()).isEqualTo("city");
				assertThat(ex.getSqlState()).isEqualTo("23505");
				assertThat(ex.getDatabase()).isNotBlank();
				assertThat(ex)
					.hasMessageContaining("refused row 3 of the bulk operation on city (constraint city_pkey)");
			});
		assertThat(persistence.count("city")).isZero();
	}

	@Test
	void namesWhatTheServerRefusedOverAConnectionThatIsNew() throws Exception {
		this.bulk.insert(City.class).explain();
		persistence.dataSource().unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> this.bulk.insert(City.class).from(List.of(new City(1, "A"), new City(1, "B"))))
			.satisfies((ex) -> {
				assertThat(ex.getConstraint()).isEqualTo("city_pkey");
				assertThat(ex.getDatabase()).isNotBlank();
			});
	}

	@Test
	void keepsNothingWhenTheSourceFails() {
		assertThatThrownBy(() -> this.bulk.insert(City.class).from(failing(3, new IllegalStateException("broken"))))
			.isInstanceOf(IllegalStateException.class)
			.hasMessage("broken");
		assertThat(persistence.count("city")).isZero();
	}

	@Test
	void keepsNothingWhenTheSourceFailsWithAnErrorAfterACopyHasBegun() {
		assertThatThrownBy(() -> this.bulk.insert(City.class).from(failing(12_000, new StackOverflowError("deep"))))
			.isInstanceOf(StackOverflowError.class);
		assertThat(persistence.count("city")).isZero();
	}

	@Test
	void joinsTheCallersTransaction() {
		persistence.inTransaction((entityManager) -> {
			Country country = new Country("CH");
			entityManager.persist(country);
			this.bulk.insert(City.class).from(List.of(new City(1, "Bern").in(country, null)));
			assertThat(entityManager.find(City.class, 1L)).isNotNull();
			return true;
		});
		assertThat(persistence.count("city")).isOne();
	}

	@Test
	void letsTheCallersTransactionGoOnAfterAFailure() {
		persistence.inTransaction((entityManager) -> {
			entityManager.persist(new Country("CH"));
			assertThatThrownBy(() -> this.bulk.insert(City.class).from(failing(12_000, new StackOverflowError("deep"))))
				.isInstanceOf(StackOverflowError.class);
			assertThatExceptionOfType(BulkRowException.class)
				.isThrownBy(() -> this.bulk.insert(City.class).from(List.of(new City(1, "A"), new City(1, "B"))));
			this.bulk.insert(City.class).from(List.of(new City(2, "Bern")));
			return true;
		});
		assertThat(persistence.count("country")).isOne();
		assertThat(persistence.all(City.class)).extracting((city) -> city.id).containsExactly(2L);
	}

	@Test
	void reportsProgressEveryTenThousandRowsAndAtTheEnd() {
		List<BulkProgress> reports = new ArrayList<>();
		this.bulk.insert(City.class).onProgress(reports::add).from(cities(25_000));
		assertThat(reports).extracting(BulkProgress::rowsRead).containsExactly(10_000L, 20_000L, 25_000L);
		assertThat(reports.get(2).rowsWritten()).isEqualTo(25_000);
		assertThat(reports.get(2).toString()).startsWith("25,000 rows read, 25,000 written in ");
	}

	@Test
	void explainsItself() {
		BulkPlan plan = this.bulk.insert(Country.class).explain();
		assertThat(plan).hasToString("COPY; because the connection is PostgreSQL's and every column has a binary form");
		assertThat(plan.statements()).containsExactly("COPY Country (id, code) FROM STDIN (FORMAT binary)");
	}

	private static Stream<City> cities(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((i) -> new City(i, "City " + i));
	}

	private static Iterator<City> failing(int after, Throwable failure) {
		Iterator<City> cities = cities(after).iterator();
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return true;
			}

			@Override
			public City next() {
				if (cities.hasNext()) {
					return cities.next();
				}
				if (failure instanceof Error error) {
					throw error;
				}
				throw (RuntimeException) failure;
			}

		};
	}

}
