package io.uno.bulk;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.uno.error.BulkRowException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.uno.bulk.ErrorPolicy.collect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bulk operations on a table with row security, into which PostgreSQL refuses COPY.
 */
@Tag("postgres")
class BulkUnderRowSecurityTests {

	private static final TestPersistence persistence = TestPersistence.onPostgres(City.class, Region.class,
			Country.class);

	private final BulkService bulk = persistence.bulk();

	@BeforeAll
	static void createPolicy() {
		persistence.jdbc()
			.sql("create policy own on city using (name like current_setting('uno.tenant', true) || ' %')")
			.update();
	}

	@BeforeEach
	void secure() {
		persistence.jdbc().sql("truncate city, region, country").update();
		persistence.jdbc().sql("alter table city enable row level security, force row level security").update();
	}

	@AfterEach
	void lift() {
		persistence.jdbc().sql("alter table city disable row level security, no force row level security").update();
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@Test
	void rowsAreInsertedThroughATemporaryTable() {
		BulkResult result = as("Bern", () -> this.bulk.insert(City.class).from(cities(12_345)));
		assertThat(result.inserted()).isEqualTo(12_345);
		assertThat(result.plan().strategy()).isEqualTo(BulkStrategy.COPY_INSERT);
		assertThat(result.plan()).hasToString(
				"COPY into a temporary table, then INSERT; because the connection is PostgreSQL's and every column has "
						+ "a binary form, but the table's row security applies, where PostgreSQL refuses COPY");
		assertThat(as("Bern", () -> persistence.all(City.class))).hasSize(12_345);
		assertThat(as("Chur", () -> persistence.all(City.class))).isEmpty();
	}

	@Test
	void rowThatThePolicyRefusesEndsTheCall() {
		assertThatException()
			.isThrownBy(() -> as("Bern",
					() -> this.bulk.insert(City.class).from(List.of(new City(1, "Bern 1"), new City(2, "Chur 2")))))
			.withStackTraceContaining("new row violates row-level security policy for table \"city\"");
		assertThat(as("Bern", () -> persistence.all(City.class))).isEmpty();
	}

	@Test
	void nobodyInParticularInsertsNothing() {
		assertThatException().isThrownBy(() -> this.bulk.insert(City.class).from(cities(2)))
			.withStackTraceContaining("new row violates row-level security policy");
	}

	@Test
	void badRowsAreLeftOut() {
		BulkResult result = as("Bern",
				() -> this.bulk.insert(City.class)
					.onError(collect(1))
					.from(List.of(new City(1, "Bern 1"), new City(2, null), new City(3, "Bern 3"))));
		assertThat(result.inserted()).isEqualTo(2);
		assertThat(result.rejected()).singleElement().extracting(RejectedRow::row).isEqualTo(2L);
	}

	@Test
	void duplicateTellsTheConstraint() {
		as("Bern", () -> this.bulk.insert(City.class).from(cities(2)));
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> as("Bern", () -> this.bulk.insert(City.class).from(cities(3))))
			.satisfies((failure) -> assertThat(failure.getConstraint()).isEqualTo("city_pkey"));
	}

	@Test
	void upsertSeesAndWritesTheOwnRows() {
		as("Bern", () -> this.bulk.insert(City.class).from(cities(2)));
		BulkResult result = as("Bern", () -> this.bulk.upsert(City.class).from(cities(3)));
		assertThat(result.inserted()).isOne();
		assertThat(result.unchanged()).isEqualTo(2);
	}

	@Test
	void whomItSparesCopies() {
		persistence.jdbc().sql("alter table city no force row level security").update();
		assertThat(this.bulk.insert(City.class).from(cities(2)).plan().strategy()).isEqualTo(BulkStrategy.COPY);
		persistence.jdbc().sql("alter table city force row level security").update();
		assertThat(this.bulk.insert(City.class).explain().strategy()).isEqualTo(BulkStrategy.COPY_INSERT);
	}

	private static List<City> cities(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((i) -> new City(i, "Bern " + i)).toList();
	}

	private static <T> T as(String tenant, Supplier<T> work) {
		return persistence.inTransaction((entityManager) -> {
			entityManager.createNativeQuery("select set_config('uno.tenant', :tenant, true)")
				.setParameter("tenant", tenant)
				.getSingleResult();
			return work.get();
		});
	}

}
