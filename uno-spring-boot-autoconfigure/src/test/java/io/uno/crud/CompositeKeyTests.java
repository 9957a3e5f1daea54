package io.uno.crud;

import java.util.ArrayList;
import java.util.List;

import io.uno.error.InvalidQueryException;
import io.uno.error.NoSuchEntityException;
import io.uno.query.EntityPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@org.junit.jupiter.api.Tag("postgres")
class CompositeKeyTests {

	@SuppressWarnings("NullAway.Init") // before all tests
	private static EntityPersistence persistence;

	private final UnoDbFactory factory = UnoDbFactory.create(persistence.entityManagerFactory(),
			(entity) -> persistence.sessions());

	private final UnoDb<Seat> seats = this.factory.of(Seat.class);

	private final UnoDb<Shelf> shelves = this.factory.of(Shelf.class);

	@BeforeAll
	static void start() {
		persistence = new EntityPersistence(Seat.class, Shelf.class);
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@BeforeEach
	void empty() {
		persistence.jdbc().sql("truncate crud_seat, crud_shelf cascade").update();
	}

	@Test
	void keyOfAnotherClassIsRefused() {
		this.seats.create(new Seat(5, 1, "Ada"));
		String message = "The primary key of CrudSeat is a io.uno.crud.Seat$Key, and 5 (java.lang.Long) is none";
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.seats.deleteById(5L))
			.withMessage(message);
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.seats.find(5L))
			.withMessage(message);
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.seats.get(5L))
			.withMessage(message);
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.seats.exists(5L))
			.withMessage(message);
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.shelves.deleteById("A"))
			.withMessage("The primary key of CrudShelf is a io.uno.crud.Shelf$Place, and A (java.lang.String) is none");
		assertThat(this.seats.exists(new Seat.Key(5, 1))).isTrue();
	}

	@Test
	void findsByAnIdClass() {
		this.seats.create(new Seat(5, 1, "Ada"));
		this.seats.create(new Seat(5, 2, "Bob"));
		Seat.Key key = new Seat.Key(5, 2);
		Seat.Key missing = new Seat.Key(6, 2);
		assertThat(this.seats.get(key).holder).isEqualTo("Bob");
		assertThat(this.seats.find(key)).isPresent();
		assertThat(this.seats.exists(key)).isTrue();
		assertThat(this.seats.find(missing)).isEmpty();
		assertThat(this.seats.exists(missing)).isFalse();
		assertThatExceptionOfType(NoSuchEntityException.class).isThrownBy(() -> this.seats.get(missing))
			.withMessage("No CrudSeat with key Key[hall=6, number=2]");
	}

	@Test
	void writesByAnIdClass() {
		Seat one = this.seats.create(new Seat(5, 1, "Ada"));
		this.seats.create(new Seat(5, 2, "Bob"));
		this.seats.create(new Seat(6, 1, "Cid"));
		one.holder = "Dee";
		assertThat(this.seats.update(one).holder).isEqualTo("Dee");
		assertThat(this.seats.get(new Seat.Key(5, 1)).holder).isEqualTo("Dee");
		this.seats.deleteById(new Seat.Key(5, 2));
		this.seats.delete(one);
		assertThat(this.seats.filter("hall > 0").list()).hasToString("[6/1]");
		assertThatExceptionOfType(NoSuchEntityException.class).isThrownBy(() -> this.seats.update(one))
			.withMessage("No CrudSeat with key Key[hall=5, number=1]");
	}

	@Test
	void getsOrCreatesByAnIdClass() {
		this.seats.create(new Seat(5, 1, "Ada"));
		assertThat(this.seats.getOrCreate(new Seat(5, 1, "x"), "hall", "number"))
			.satisfies((saved) -> assertThat(saved.created()).isFalse())
			.satisfies((saved) -> assertThat(saved.entity().holder).isEqualTo("Ada"));
		assertThat(this.seats.getOrCreate(new Seat(5, 2, "Bob"), "hall", "number").created()).isTrue();
		Seat joined = persistence.transaction()
			.execute((status) -> this.seats.getOrCreate(new Seat(6, 2, "Cid"), "holder").entity());
		assertThat(joined).hasToString("6/2");
	}

	@Test
	void findsByAnEmbeddedId() {
		this.shelves.create(new Shelf("A", 1, "one"));
		Shelf.Place place = new Shelf.Place("A", 1);
		Shelf.Place missing = new Shelf.Place("A", 2);
		assertThat(this.shelves.get(place).label).isEqualTo("one");
		assertThat(this.shelves.exists(place)).isTrue();
		assertThat(this.shelves.find(missing)).isEmpty();
		assertThat(this.shelves.get("place.row", 1).label).isEqualTo("one");
		assertThatExceptionOfType(NoSuchEntityException.class).isThrownBy(() -> this.shelves.get(missing))
			.withMessage("No CrudShelf with key Place[room=A, row=2]");
	}

	@Test
	void writesByAnEmbeddedId() {
		Shelf one = this.shelves.create(new Shelf("A", 1, "one"));
		this.shelves.create(new Shelf("A", 2, "two"));
		this.shelves.create(new Shelf("B", 1, "three"));
		one.label = "first";
		assertThat(this.shelves.update(one).label).isEqualTo("first");
		this.shelves.deleteById(new Shelf.Place("A", 2));
		this.shelves.delete(one);
		assertThat(this.shelves.filter("place.row > 0").list()).hasToString("[three]");
	}

	@Test
	void getsOrCreatesBesideAnEmbeddedId() {
		assertThat(this.shelves.getOrCreate(new Shelf("A", 1, "one")).created()).isTrue();
		assertThat(this.shelves.getOrCreate(new Shelf("A", 2, "one")))
			.satisfies((saved) -> assertThat(saved.created()).isFalse())
			.satisfies((saved) -> assertThat(saved.entity().place).isEqualTo(new Shelf.Place("A", 1)));
		assertThatExceptionOfType(InvalidQueryException.class)
			.isThrownBy(() -> this.shelves.getOrCreate(new Shelf("A", 1, "one"), "place"))
			.withMessage("'place' is an embedded value and no single value; name one of its attributes room, row");
	}

	@Test
	void associationToACompositeKeyIsNoPartOfAUniqueKey() {
		Shelf shelf = new Shelf("A", 1, "one");
		shelf.seat = this.seats.create(new Seat(5, 1, "Ada"));
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> this.shelves.getOrCreate(shelf, "seat"))
			.withMessage("'seat' of CrudShelf can't be part of the unique key: the primary key of CrudSeat is a "
					+ "io.uno.crud.Seat$Key and no single value");
	}

	@Test
	void everyPartOfTheKeyBreaksATie() {
		for (int i = 0; i < 9; i++) {
			this.seats.create(new Seat(i / 3, i % 3, "same"));
			this.shelves.create(new Shelf("room " + i / 3, i % 3, "shelf " + i));
		}
		UnoQuery<Seat> seats = this.seats.filter("hall >= 0").limit(2);
		assertThat(walked(seats.sort("-number"))).containsExactly("0/2", "1/2", "2/2", "0/1", "1/1", "2/1", "0/0",
				"1/0", "2/0");
		assertThat(walked(seats)).containsExactly("0/0", "0/1", "0/2", "1/0", "1/1", "1/2", "2/0", "2/1", "2/2");
		assertThat(((KeysetScrollPosition) seats.window().positionAt(0)).getKeys()).containsOnlyKeys("hall", "number");
		UnoQuery<Shelf> shelves = this.shelves.filter("place.row >= 0").limit(2);
		assertThat(walked(shelves.sort("-place.row"))).containsExactly("shelf 2", "shelf 5", "shelf 8", "shelf 1",
				"shelf 4", "shelf 7", "shelf 0", "shelf 3", "shelf 6");
		assertThat(walked(shelves)).hasSize(9).doesNotHaveDuplicates();
		assertThat(((KeysetScrollPosition) shelves.window().positionAt(0)).getKeys()).containsOnlyKeys("place.room",
				"place.row");
	}

	private static <T> List<String> walked(UnoQuery<T> query) {
		List<String> walked = new ArrayList<>();
		ScrollPosition position = ScrollPosition.keyset();
		Window<T> window;
		do {
			window = query.after(position).window();
			window.forEach((row) -> walked.add(row.toString()));
			position = window.positionAt(window.size() - 1);
		}
		while (window.hasNext());
		return walked;
	}

}
