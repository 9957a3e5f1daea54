package io.uno.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.uno.type.GeoPoint;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link GeoPoint} wherever an attribute can be, on each kind of database.
 */
class GeoPointMappingTests {

	private static final GeoPoint ZURICH = new GeoPoint(47.3769, 8.5417);

	private static final GeoPoint QUITO = new GeoPoint(-0.1807, -78.4678);

	abstract static class Contract {

		abstract TestPersistence persistence();

		abstract String columnType();

		@AfterAll
		void close() {
			persistence().close();
		}

		@Test
		void isReadAsItWasWritten() {
			Place place = new Place(1);
			place.location = ZURICH;
			place.route.add(QUITO);
			place.route.add(ZURICH);
			place.area = new Area();
			place.area.center = QUITO;
			persistence().persist(place, new Place(2));
			persistence().inTransaction((entityManager) -> {
				Place read = entityManager.find(Place.class, 1L);
				assertThat(read.location).isEqualTo(ZURICH);
				assertThat(read.route).containsExactlyInAnyOrder(ZURICH, QUITO);
				assertThat(Objects.requireNonNull(read.area).center).isEqualTo(QUITO);
				assertThat(entityManager.find(Place.class, 2L).location).isNull();
				return true;
			});
		}

		@Test
		void isUpdatedOnlyWhenItChanged() {
			Place place = new Place(3);
			place.location = ZURICH;
			persistence().persist(place);
			long before = updates();
			persistence().inTransaction((entityManager) -> {
				entityManager.find(Place.class, 3L).location = new GeoPoint(ZURICH.latitude(), ZURICH.longitude());
				return true;
			});
			assertThat(updates()).isEqualTo(before);
			persistence().inTransaction((entityManager) -> {
				entityManager.find(Place.class, 3L).location = QUITO;
				return true;
			});
			assertThat(updates()).isEqualTo(before + 1);
		}

		private long updates() {
			return persistence().entityManagerFactory()
				.unwrap(SessionFactory.class)
				.getStatistics()
				.getEntityUpdateCount();
		}

		@Test
		void isAParameterOfQueries() {
			persistence().persist(new Place(4));
			persistence().inTransaction((entityManager) -> {
				entityManager.createQuery("update Place set location = :location where id = 4")
					.setParameter("location", QUITO)
					.executeUpdate();
				assertThat(entityManager.createQuery("select location from Place where id = 4", GeoPoint.class)
					.getSingleResult()).isEqualTo(QUITO);
				entityManager.createNativeQuery("update place set location = :location where id = 4")
					.setParameter("location", ZURICH)
					.executeUpdate();
				return true;
			});
			persistence().inTransaction((entityManager) -> {
				assertThat(entityManager.find(Place.class, 4L).location).isEqualTo(ZURICH);
				return true;
			});
		}

		@Test
		void hasItsColumnType() {
			assertThat(persistence().jdbc().sql("""
					select lower(data_type) from information_schema.columns
					where lower(table_name) = 'place' and lower(column_name) = 'location'
					""").query(String.class).single()).isEqualTo(columnType());
		}

		@Test
		void passesTheSchemaValidation() {
			persistence().validate(Place.class);
		}

	}

	@Nested
	@Tag("postgres")
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class OnPostgres extends Contract {

		private final TestPersistence persistence = TestPersistence
			.onPostgres(Map.of("hibernate.generate_statistics", "true"), Place.class);

		@Override
		TestPersistence persistence() {
			return this.persistence;
		}

		@Override
		String columnType() {
			return "point";
		}

		@Test
		void isAPointOfTheServer() {
			Place place = new Place(5);
			place.location = ZURICH;
			persistence().persist(place);
			assertThat(
					persistence().jdbc().sql("select location[0] from place where id = 5").query(Double.class).single())
				.isEqualTo(ZURICH.longitude());
			assertThat(persistence().jdbc()
				.sql("select location <@ box '((8,47),(9,48))' from place where id = 5")
				.query(Boolean.class)
				.single()).isTrue();
		}

	}

	@Nested
	@Tag("h2")
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class OnH2 extends Contract {

		private final TestPersistence persistence = TestPersistence.onH2(Place.class);

		@Override
		TestPersistence persistence() {
			return this.persistence;
		}

		@Override
		String columnType() {
			return "character varying";
		}

	}

	@Entity(name = "Place")
	static class Place {

		@Id
		long id;

		@Nullable GeoPoint location;

		@ElementCollection
		List<GeoPoint> route = new ArrayList<>();

		@Nullable Area area;

		Place() {
		}

		Place(long id) {
			this.id = id;
		}

	}

	@Embeddable
	static class Area {

		@Nullable GeoPoint center;

	}

}
