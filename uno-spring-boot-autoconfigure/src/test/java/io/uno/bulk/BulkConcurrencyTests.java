package io.uno.bulk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.uno.error.BulkRowException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.ConcurrencyFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One service, several threads.
 */
@Tag("postgres")
class BulkConcurrencyTests {

	private static final int THREADS = 8;

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
	void insertsIntoOneTableWhileHibernateDrawsFromTheSameSequence() throws Exception {
		inThreads(THREADS, (thread) -> {
			for (int round = 0; round < 5; round++) {
				String prefix = thread + "-" + round + "-";
				if (thread % 2 == 0) {
					this.bulk.insert(Country.class)
						.from(IntStream.range(0, 333).mapToObj((i) -> new Country(prefix + i)));
				}
				else {
					IntStream.range(0, 33).forEach((i) -> persistence.persist(new Country(prefix + i)));
				}
			}
			return true;
		});
		assertThat(persistence.count("country")).isEqualTo(4 * 5 * 333 + 4 * 5 * 33);
	}

	@Test
	void upsertsRowsOfItsOwnPerThreadWithoutAFailure() throws Exception {
		inThreads(THREADS, (thread) -> {
			for (int round = 0; round < 5; round++) {
				String name = "Round " + round;
				this.bulk.upsert(City.class)
					.from(IntStream.range(0, 500).mapToObj((i) -> new City(i * THREADS + thread, name)));
			}
			return true;
		});
		assertThat(persistence.count("city")).isEqualTo(500L * THREADS);
		assertThat(persistence.all(City.class)).allSatisfy((city) -> {
			assertThat(city.name).isEqualTo("Round 4");
			assertThat(city.version).isEqualTo(4);
		});
	}

	/**
	 * Rows of one call may wait for those of another in any order, so that a call fails,
	 * by a deadlock or a duplicate, and is repeated.
	 */
	@Test
	void losesNoUpdateOfOverlappingUpsertsThatAreRepeatedAfterAConflict() throws Exception {
		this.bulk.insert(City.class).from(cities(1_000, "Start"));
		inThreads(3, (thread) -> {
			for (int round = 0; round < 2; round++) {
				List<City> cities = cities(1_200, "By " + thread + " in " + round);
				Collections.shuffle(cities, new Random(thread * 31L + round));
				upsertUntilDone(cities);
			}
			return true;
		});
		assertThat(persistence.count("city")).isEqualTo(1_200);
		// each of the six calls updates each row, but for the one that inserts it
		assertThat(persistence.all(City.class))
			.allSatisfy((city) -> assertThat(city.version).isEqualTo((city.id < 1_000) ? 6 : 5));
	}

	private void upsertUntilDone(List<City> cities) {
		while (true) {
			try {
				this.bulk.upsert(City.class).from(cities);
				return;
			}
			catch (ConcurrencyFailureException ex) {
				assertThat(ex).rootCause().hasMessageContaining("deadlock detected");
			}
			catch (BulkRowException ex) {
				assertThat(ex.getConstraint()).isEqualTo("city_pkey");
			}
		}
	}

	private static List<City> cities(int count, String name) {
		return new ArrayList<>(IntStream.range(0, count).mapToObj((i) -> new City(i, name)).toList());
	}

	private static void inThreads(int count, Work work) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		CyclicBarrier together = new CyclicBarrier(count);
		try {
			List<Callable<Boolean>> tasks = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				int thread = i;
				tasks.add(() -> {
					together.await();
					return work.run(thread);
				});
			}
			for (Future<Boolean> result : threads.invokeAll(tasks)) {
				assertThat(result.get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@FunctionalInterface
	interface Work {

		boolean run(int thread) throws Exception;

	}

}
