package io.uno.bulk;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.uno.error.BulkRowException;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Dates that PostgreSQL does not have.
 */
@Tag("postgres")
class MomentsOutOfRangeTests {

	private static final TestPersistence persistence = TestPersistence.onPostgres(Moments.class);

	private static final TestPersistence direct = TestPersistence
		.onPostgres(Map.of("hibernate.type.java_time_use_direct_jdbc", "true"), Days.class);

	@BeforeEach
	void empty() {
		persistence.jdbc().sql("truncate moments").update();
	}

	@AfterAll
	static void close() {
		persistence.close();
		direct.close();
	}

	static List<Arguments> values() {
		String dates = " is outside of 4714-11-24 BC to 5874897-12-31";
		String times = " is outside of 4714-11-24 BC to 294276-12-31";
		return List.of(arguments("date", of((row) -> row.date = LocalDate.MAX), "+999999999-12-31" + dates),
				arguments("date", of((row) -> row.date = LocalDate.MIN), "-999999999-01-01" + dates),
				arguments("dateTime", of((row) -> row.dateTime = LocalDateTime.MAX),
						"+999999999-12-31T23:59:59.999999999" + times),
				arguments("dateTime", of((row) -> row.dateTime = LocalDateTime.parse("+294277-01-01T00:00:00")),
						"+294277-01-01T00:00" + times),
				arguments("instant", of((row) -> row.instant = Instant.MAX),
						"+1000000000-12-31T23:59:59.999999999Z" + times),
				arguments("instant", of((row) -> row.instant = Instant.MIN), "-1000000000-01-01T00:00:00Z" + times));
	}

	private static Consumer<Moments> of(Consumer<Moments> setter) {
		return setter;
	}

	@ParameterizedTest(name = "{2}")
	@MethodSource("values")
	void refusesTheRow(String attribute, Consumer<Moments> setter, String reason) {
		Moments moments = new Moments();
		setter.accept(moments);
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> persistence.bulk().insert(Moments.class).from(List.of(moments)))
			.withMessage("Row 1 of io.uno.bulk.Moments cannot be written, attribute '%s': %s", attribute, reason);
		assertThat(persistence.count("moments")).isZero();
	}

	@Test
	void writesInfinityWhereHibernateHandsJavaTimeToTheDriver() {
		direct.persist(new Days(1, LocalDate.MAX, LocalDateTime.MIN), new Days(2, LocalDate.MIN, LocalDateTime.MAX));
		direct.bulk()
			.insert(Days.class)
			.from(List.of(new Days(3, LocalDate.MAX, LocalDateTime.MIN),
					new Days(4, LocalDate.MIN, LocalDateTime.MAX)));
		assertThat(direct.jdbc().sql("select date || ' ' || time from days order by id").query(String.class).list())
			.containsExactly("infinity -infinity", "-infinity infinity", "infinity -infinity", "-infinity infinity");
	}

	@Test
	void refusesWhatTheDriverWouldTurnIntoInfinity() {
		LocalDate early = LocalDate.of(-4712, 1, 1).minusDays(1);
		assertThatExceptionOfType(BulkRowException.class)
			.isThrownBy(() -> direct.bulk().insert(Days.class).from(List.of(new Days(5, early, LocalDateTime.MAX))))
			.withMessage("Row 1 of io.uno.bulk.MomentsOutOfRangeTests$Days cannot be written, attribute 'date': "
					+ "-4713-12-31 is before 4713-01-01 BC, and the driver turns it into -infinity");
	}

	@Entity(name = "Days")
	static class Days {

		@Id
		long id;

		LocalDate date = LocalDate.EPOCH;

		LocalDateTime time = LocalDateTime.MIN;

		Days() {
		}

		Days(long id, LocalDate date, LocalDateTime time) {
			this.id = id;
			this.date = date;
			this.time = time;
		}

	}

}
