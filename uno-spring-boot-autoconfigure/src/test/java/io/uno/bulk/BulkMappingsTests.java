package io.uno.bulk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mappings that need more than a column for each attribute.
 */
@Tag("postgres")
class BulkMappingsTests {

	private static final TestPersistence persistence = TestPersistence.onPostgres(Vehicle.class, Truck.class, Van.class,
			Shelf.class, Book.class, Measured.class, Nested.class, Heard.class);

	private final BulkService bulk = persistence.bulk();

	@BeforeEach
	void empty() {
		persistence.jdbc().sql("truncate vehicle, shelf, book, measured, nested, heard").update();
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@Test
	void writesTheDiscriminatorOfEachClassOfOneTable() {
		persistence.persist(vehicle(new Truck(), 1));
		this.bulk.insert(Truck.class).from(List.of(vehicle(new Truck(), 2)));
		this.bulk.insert(Van.class).from(List.of(vehicle(new Van(), 3)));
		this.bulk.insert(Vehicle.class).from(List.of(vehicle(new Vehicle(), 4)));
		assertThat(persistence.jdbc().sql("select id || dtype from vehicle order by id").query(String.class).list())
			.containsExactly("1T", "2T", "3V", "4Vehicle");
		assertThat(persistence.all(Vehicle.class)).hasExactlyElementsOfTypes(Truck.class, Truck.class, Van.class,
				Vehicle.class);
	}

	@Test
	void upsertsOneClassOfOneTable() {
		persistence.persist(vehicle(new Truck(), 1), vehicle(new Van(), 2));
		Truck heavier = vehicle(new Truck(), 1);
		heavier.load = 40;
		BulkResult result = this.bulk.upsert(Truck.class).from(List.of(heavier, vehicle(new Truck(), 3)));
		assertThat(result.updated()).isOne();
		assertThat(result.inserted()).isOne();
		assertThat(persistence.all(Truck.class)).extracting((truck) -> truck.load).containsExactly(40, 0);
	}

	@Test
	void writesForeignKeysOfSeveralColumnsInTheOrderOfTheirParts() {
		Shelf shelf = new Shelf(new Place("zebra", 7, new Corner("north", 2)));
		persistence.persist(shelf, book(1, shelf));
		this.bulk.insert(Book.class).from(List.of(book(2, shelf), book(3, null)));
		assertThat(persistence.all(Book.class)).extracting((book) -> (book.shelf != null) ? book.shelf.place : null)
			.containsExactly(shelf.place, shelf.place, null);
	}

	@Test
	void insertsAndUpsertsByAnEmbeddedId() {
		Shelf shelf = new Shelf(new Place("zebra", 7, new Corner("north", 2)));
		this.bulk.insert(Shelf.class).from(List.of(shelf));
		shelf.label = "Novels";
		BulkResult result = this.bulk.upsert(Shelf.class)
			.from(List.of(shelf, new Shelf(new Place("ape", 7, new Corner("north", 3)))));
		assertThat(result.updated()).isOne();
		assertThat(result.inserted()).isOne();
		Shelf read = persistence
			.inTransaction((entityManager) -> entityManager.find(Shelf.class, Objects.requireNonNull(shelf.place)));
		assertThat(read.label).isEqualTo("Novels");
	}

	@Test
	void writesEmbeddedAttributesBesideGeneratedOnes() {
		Measured measured = new Measured();
		measured.size = new Size(3, 4);
		this.bulk.insert(Measured.class).from(List.of(measured));
		assertThat(persistence.all(Measured.class)).singleElement().satisfies((read) -> {
			assertThat(read.size).isEqualTo(new Size(3, 4));
			assertThat(read.aaa).isEqualTo(42);
			assertThat(read.bbb).isEqualTo(43);
		});
	}

	// Hibernate does not look for generators that deep
	@Test
	void generatesNothingInEmbeddablesOfEmbeddablesAsHibernateDoesNot() {
		Nested byHibernate = new Nested();
		byHibernate.outer = new Outer(1, new Stamp(null));
		persistence.persist(byHibernate);
		Nested inBulk = new Nested();
		inBulk.outer = new Outer(1, new Stamp(null));
		this.bulk.insert(Nested.class).from(List.of(inBulk));
		assertThat(persistence.jdbc().sql("select count(created) from nested").query(Long.class).single()).isZero();
		assertThat(persistence.count("nested")).isEqualTo(2);
	}

	@Test
	void callsPrePersistOfTheEntityAndOfItsListenersOnce() {
		Heard heard = new Heard();
		this.bulk.insert(Heard.class).from(List.of(heard));
		assertThat(heard.calls).containsExactly("listener", "entity");
		assertThat(persistence.all(Heard.class)).singleElement()
			.satisfies((read) -> assertThat(read.name).isEqualTo("by entity"));
	}

	private static <V extends Vehicle> V vehicle(V vehicle, long id) {
		vehicle.id = id;
		return vehicle;
	}

	private static Book book(long id, @Nullable Shelf shelf) {
		Book book = new Book();
		book.id = id;
		book.shelf = shelf;
		return book;
	}

	@Entity(name = "Vehicle")
	static class Vehicle {

		@Id
		long id;

		int seats = 2;

	}

	@Entity(name = "Truck")
	@DiscriminatorValue("T")
	static class Truck extends Vehicle {

		@Column(name = "load_tons")
		int load;

	}

	@Entity(name = "Van")
	@DiscriminatorValue("V")
	static class Van extends Vehicle {

		boolean windows;

	}

	// the columns of the key sort otherwise than its parts
	@Embeddable
	record Place(@Column(name = "z_room") String room, @Column(name = "a_floor") int floor, Corner corner) {

	}

	@Embeddable
	record Corner(@Column(name = "m_side") String side, @Column(name = "b_step") int step) {

	}

	@Entity(name = "Shelf")
	static class Shelf {

		@EmbeddedId
		@Nullable Place place;

		@Nullable String label;

		Shelf() {
		}

		Shelf(Place place) {
			this.place = place;
		}

	}

	@Entity(name = "Book")
	static class Book {

		@Id
		long id;

		@ManyToOne
		@Nullable Shelf shelf;

	}

	@Entity(name = "Measured")
	static class Measured {

		@Id
		@GeneratedValue
		@Nullable Long id;

		@Generated
		@ColumnDefault("42")
		@Nullable Integer aaa;

		@Generated
		@ColumnDefault("43")
		@Nullable Integer bbb;

		@Embedded
		@Nullable Size size;

	}

	@Embeddable
	record Size(int height, int width) {

	}

	@Entity(name = "Nested")
	static class Nested {

		@Id
		@GeneratedValue
		@Nullable Long id;

		@Nullable Outer outer;

	}

	@Embeddable
	record Outer(int number, Stamp stamp) {

	}

	@Embeddable
	record Stamp(@CreationTimestamp @Nullable Instant created) {

	}

	@Entity(name = "Heard")
	@EntityListeners(Listener.class)
	static class Heard {

		@Id
		@GeneratedValue
		@Nullable Long id;

		@Nullable String name;

		transient List<String> calls = new ArrayList<>();

		@PrePersist
		void prepare() {
			this.calls.add("entity");
			this.name = "by entity";
		}

	}

	static class Listener {

		@PrePersist
		void prepare(Heard heard) {
			Objects.requireNonNull(heard.calls).add("listener");
		}

	}

}
