package io.uno.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.uno.type.Ulid;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link Ulid} wherever an attribute can be, on each kind of database.
 */
class UlidMappingTests {

	abstract static class Contract {

		abstract TestPersistence persistence();

		abstract String columnType();

		@AfterAll
		void close() {
			persistence().close();
		}

		@Test
		void isReadAsItWasWritten() {
			Ticket first = new Ticket(Ulid.next());
			Ticket second = new Ticket(Ulid.next());
			second.previous = first;
			second.code = Ulid.next();
			Gate gate = new Gate();
			gate.scans.addAll(List.of(first.id, second.id));
			persistence().persist(first, second, gate);
			persistence().inTransaction((entityManager) -> {
				Ticket read = entityManager.find(Ticket.class, second.id);
				assertThat(read.code).isEqualTo(second.code);
				assertThat(entityManager.find(Gate.class, gate.id).scans).containsExactlyInAnyOrder(first.id,
						second.id);
				assertThat(Objects.requireNonNull(read.previous).id).isEqualTo(first.id);
				assertThat(Objects.requireNonNull(read.previous).code).isNull();
				return true;
			});
		}

		@Test
		void isAParameterAndIsCompared() {
			Ticket first = new Ticket(Ulid.next());
			Ticket second = new Ticket(Ulid.next());
			Ticket third = new Ticket(Ulid.next());
			persistence().persist(third, first, second);
			List<Ulid> later = persistence().inTransaction((entityManager) -> entityManager
				.createQuery("select id from Ticket where id > :id and id <= :last order by id", Ulid.class)
				.setParameter("id", first.id)
				.setParameter("last", third.id)
				.getResultList());
			assertThat(later).containsExactly(second.id, third.id);
			int updated = persistence().inTransaction(
					(entityManager) -> entityManager.createNativeQuery("update ticket set code = :code where id = :id")
						.setParameter("code", third.id)
						.setParameter("id", first.id)
						.executeUpdate());
			assertThat(updated).isEqualTo(1);
			Ulid code = persistence().inTransaction(
					(entityManager) -> Objects.requireNonNull(entityManager.find(Ticket.class, first.id).code));
			assertThat(code).isEqualTo(third.id);
		}

		@Test
		void isWrittenInBulk() {
			Ticket first = new Ticket(Ulid.next());
			first.code = Ulid.next();
			Ticket second = new Ticket(Ulid.next());
			second.previous = first;
			BulkService bulk = persistence().bulk();
			bulk.insert(Ticket.class).from(Stream.of(first, second));
			first.code = Ulid.next();
			bulk.upsert(Ticket.class).by("id").from(List.of(first));
			persistence().inTransaction((entityManager) -> {
				Ticket read = entityManager.find(Ticket.class, second.id);
				assertThat(Objects.requireNonNull(read.previous).id).isEqualTo(first.id);
				assertThat(Objects.requireNonNull(read.previous).code).isEqualTo(first.code);
				assertThat(read.code).isNull();
				return true;
			});
		}

		@Test
		void hasItsColumnType() {
			assertThat(persistence().jdbc().sql("""
					select lower(data_type) from information_schema.columns
					where lower(table_name) = 'ticket' and lower(column_name) = 'code'
					""").query(String.class).single()).isEqualTo(columnType());
		}

		@Test
		void passesTheSchemaValidation() {
			persistence().validate(Ticket.class, Gate.class);
		}

	}

	@Nested
	@Tag("postgres")
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class OnPostgres extends Contract {

		private final TestPersistence persistence = TestPersistence.onPostgres(Ticket.class, Gate.class);

		@Override
		TestPersistence persistence() {
			return this.persistence;
		}

		@Override
		String columnType() {
			return "uuid";
		}

		@Test
		void isCopied() {
			assertThat(persistence().bulk().insert(Ticket.class).explain().strategy()).isEqualTo(BulkStrategy.COPY);
		}

	}

	@Nested
	@Tag("h2")
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class OnH2 extends Contract {

		private final TestPersistence persistence = TestPersistence.onH2(Ticket.class, Gate.class);

		@Override
		TestPersistence persistence() {
			return this.persistence;
		}

		@Override
		String columnType() {
			return "character varying";
		}

	}

	@Entity(name = "Ticket")
	static class Ticket {

		@Id
		Ulid id;

		@Nullable Ulid code;

		@ManyToOne
		@Nullable Ticket previous;

		Ticket() {
			this(Ulid.next());
		}

		Ticket(Ulid id) {
			this.id = id;
		}

	}

	@Entity(name = "Gate")
	static class Gate {

		@Id
		Ulid id = Ulid.next();

		@ElementCollection
		List<Ulid> scans = new ArrayList<>();

	}

}
