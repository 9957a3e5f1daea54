package io.uno.bulk;

import java.util.List;
import java.util.UUID;

import io.uno.error.BulkMappingException;
import io.uno.error.BulkRowException;
import io.uno.type.GeoPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an upsert does on each version of PostgreSQL.
 */
@Tag("postgres")
abstract class BulkUpsertContract {

	static final Class<?>[] ENTITIES = { City.class, Region.class, Country.class };

	private final TestPersistence persistence;

	private final BulkService bulk;

	BulkUpsertContract(TestPersistence persistence) {
		this.persistence = persistence;
		this.bulk = persistence.bulk();
	}

	@BeforeEach
	void empty() {
		this.persistence.jdbc().sql("truncate city, region, country").update();
	}

	@Test
	void insertsUpdatesAndLeavesUnchangedById() {
		City same = new City(1, "Bern");
		same.location = new GeoPoint(46.95, 7.45);
		this.bulk.insert(City.class).from(List.of(same, new City(2, "Basle")));
		String untouched = physicalPlace(1);
		City again = new City(1, "Bern");
		again.location = new GeoPoint(46.95, 7.45);
		BulkResult result = this.bulk.upsert(City.class)
			.from(List.of(again, new City(2, "Basel"), new City(3, "Chur")));
		assertThat(result.inserted()).isEqualTo(1);
		assertThat(result.updated()).isEqualTo(1);
		assertThat(result.unchanged()).isEqualTo(1);
		assertThat(this.persistence.all(City.class)).extracting((city) -> city.name)
			.containsExactly("Bern", "Basel", "Chur");
		assertThat(this.persistence.all(City.class)).extracting((city) -> city.version).containsExactly(0, 1, 0);
		assertThat(physicalPlace(1)).isEqualTo(untouched);
	}

	private String physicalPlace(long id) {
		return this.persistence.jdbc()
			.sql("select ctid::text from city where id = ?")
			.param(id)
			.query(String.class)
			.single();
	}

	@Test
	void keepsIdAndCreationOfARowFoundByAnotherKey() {
		UUID code = UUID.randomUUID();
		City city = new City(1, "Basle");
		city.code = code;
		this.bulk.insert(City.class).from(List.of(city));
		City renamed = new City(99, "Basel");
		renamed.code = code;
		BulkResult result = this.bulk.upsert(City.class).by("code").from(List.of(renamed));
		assertThat(result.updated()).isOne();
		assertThat(renamed.created).isNull();
		assertThat(this.persistence.all(City.class)).singleElement().satisfies((read) -> {
			assertThat(read.id).isEqualTo(1);
			assertThat(read.name).isEqualTo("Basel");
			assertThat(read.created).isEqualTo(city.created);
		});
	}

	@Test
	void findsRowsByAReferenceAndACode() {
		this.persistence.persist(new Country("CH"), new Country("AT"));
		this.bulk.upsert(Region.class)
			.by("country", "code")
			.resolving("country")
			.from(List.of(new Region(new Country("CH"), "1"), new Region(new Country("AT"), "1")));
		List<Region> regions = List.of(new Region(new Country("CH"), "1"), new Region(new Country("CH"), "2"));
		BulkResult result = this.bulk.upsert(Region.class).by("country", "code").resolving("country").from(regions);
		assertThat(result.inserted()).isOne();
		assertThat(result.updated()).isZero();
		assertThat(result.unchanged()).isOne();
		assertThat(regions).extracting((region) -> region.id).containsOnly(0L);
		assertThat(this.persistence.count("region")).isEqualTo(3);
	}

	@Test
	void refusesAKeyThatIsNotUnique() {
		assertThatExceptionOfType(BulkMappingException.class)
			.isThrownBy(() -> this.bulk.upsert(City.class).by("name").from(List.of()))
			.withMessage(
					"io.uno.bulk.City cannot be upserted by [name]: the table City has no unique index over exactly "
							+ "these columns; it has them over [[id], [code]]");
	}

	@Test
	void refusesAKeyThatIsNoAttribute() {
		assertThatExceptionOfType(BulkMappingException.class)
			.isThrownBy(() -> this.bulk.upsert(Country.class).by("cod").explain())
			.withMessage("'cod' is not an attribute of io.uno.bulk.Country that a row could be found by; "
					+ "its attributes are [id, code]");
	}

	@Test
	void refusesANullInTheKey() {
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> this.bulk.upsert(City.class).by("code").from(List.of(new City(1, "Bern"))))
			.withMessage("Row 1 of io.uno.bulk.City cannot be written, attribute 'code': it must not be null");
	}

	@Test
	void refusesTwoRowsWithOneKey() {
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> this.bulk.upsert(City.class).from(List.of(new City(1, "A"), new City(1, "B"))))
			.satisfies((ex) -> assertThat(ex.getConstraint()).isEqualTo("city_pkey"));
		this.bulk.insert(City.class).from(List.of(new City(1, "Bern")));
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> this.bulk.upsert(City.class).from(List.of(new City(1, "A"), new City(1, "B"))))
			.satisfies((ex) -> assertThat(ex.getSqlState()).isEqualTo("21000"));
		assertThat(this.persistence.all(City.class)).extracting((city) -> city.name).containsExactly("Bern");
	}

	@Test
	void mayBeRepeatedInOneTransactionAfterAFailure() {
		this.persistence.inTransaction((entityManager) -> {
			this.bulk.upsert(City.class).from(List.of(new City(1, "Bern")));
			assertThatThrownBy(() -> this.bulk.upsert(City.class).from(List.of(new City(1, "A"), new City(1, "B"))))
				.isInstanceOf(BulkRowException.class);
			this.bulk.upsert(City.class).from(List.of(new City(2, "Chur")));
			return true;
		});
		assertThat(this.persistence.all(City.class)).extracting((city) -> city.name).containsExactly("Bern", "Chur");
	}

	@Test
	void writesNothingForAnEmptySource() {
		BulkResult result = this.bulk.upsert(City.class).from(List.of());
		assertThat(result.inserted() + result.updated() + result.unchanged()).isZero();
	}

}
