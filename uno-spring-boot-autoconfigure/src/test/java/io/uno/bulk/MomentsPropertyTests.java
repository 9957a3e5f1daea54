package io.uno.bulk;

import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.function.BiConsumer;

import io.uno.error.BulkRowException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What COPY writes of a date or time is what Hibernate's insert of it writes, column by
 * column, in any time zone of the JVM and of {@code hibernate.jdbc.time_zone}.
 */
@Tag("postgres")
class MomentsPropertyTests {

	private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata",
			"Africa/Casablanca", "Pacific/Apia");

	private static final Map<String, BiConsumer<Moments, ZonedDateTime>> ATTRIBUTES = setters();

	private static final Map<String, TestPersistence> persistences = new LinkedHashMap<>();

	private static final TimeZone zoneBefore = TimeZone.getDefault();

	@BeforeContainer
	static void start() {
		persistences.put("none", TestPersistence.onPostgres(Moments.class));
		for (String zone : List.of("UTC", "America/New_York")) {
			persistences.put(zone, TestPersistence.onPostgres(Map.of("hibernate.jdbc.time_zone", zone), Moments.class));
		}
	}

	@AfterContainer
	static void close() {
		TimeZone.setDefault(zoneBefore);
		persistences.values().forEach(TestPersistence::close);
		persistences.clear();
	}

	private static Map<String, BiConsumer<Moments, ZonedDateTime>> setters() {
		Map<String, BiConsumer<Moments, ZonedDateTime>> attributes = new LinkedHashMap<>();
		attributes.put("date", (moments, value) -> moments.date = value.toLocalDate());
		attributes.put("time", (moments, value) -> moments.time = value.toLocalTime());
		attributes.put("dateTime", (moments, value) -> moments.dateTime = value.toLocalDateTime());
		attributes.put("milliseconds", (moments, value) -> moments.milliseconds = value.toLocalDateTime());
		attributes.put("instant", (moments, value) -> moments.instant = value.toInstant());
		attributes.put("localInstant", (moments, value) -> moments.localInstant = value.toInstant());
		attributes.put("offsetDateTime", (moments, value) -> moments.offsetDateTime = value.toOffsetDateTime());
		attributes.put("zonedDateTime", (moments, value) -> moments.zonedDateTime = value);
		attributes.put("offsetTime", (moments, value) -> moments.offsetTime = value.toOffsetDateTime().toOffsetTime());
		attributes.put("natively", (moments, value) -> moments.natively = value.toOffsetDateTime());
		attributes.put("normalized", (moments, value) -> moments.normalized = value.toOffsetDateTime());
		attributes.put("normalizedTime",
				(moments, value) -> moments.normalizedTime = value.toOffsetDateTime().toOffsetTime());
		attributes.put("normalizedToUtc", (moments, value) -> moments.normalizedToUtc = value);
		attributes.put("besideItsZone", (moments, value) -> moments.besideItsZone = value);
		attributes.put("sqlDate",
				(moments, value) -> moments.sqlDate = new java.sql.Date(value.toInstant().toEpochMilli()));
		attributes.put("sqlTime", (moments, value) -> moments.sqlTime = new Time(value.toInstant().toEpochMilli()));
		attributes.put("sqlTimestamp", (moments, value) -> moments.sqlTimestamp = Timestamp.from(value.toInstant()));
		attributes.put("dateOfDate", (moments, value) -> moments.dateOfDate = Date.from(value.toInstant()));
		attributes.put("timeOfDate", (moments, value) -> moments.timeOfDate = Date.from(value.toInstant()));
		attributes.put("timestampOfDate", (moments, value) -> moments.timestampOfDate = Date.from(value.toInstant()));
		attributes.put("dateOfCalendar", (moments, value) -> moments.dateOfCalendar = GregorianCalendar.from(value));
		attributes.put("calendar", (moments, value) -> moments.calendar = GregorianCalendar.from(value));
		return attributes;
	}

	@Property(tries = 1_500, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
	void writesWhatHibernateWrites(@ForAll("attributes") String attribute, @ForAll("dateTimes") LocalDateTime dateTime,
			@ForAll("zones") String valueZone, @ForAll("zones") String zone,
			@ForAll("persistences") String persistence) {
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		ZonedDateTime value = dateTime.atZone(ZoneId.of(valueZone));
		assertSame(Objects.requireNonNull(persistences.get(persistence)), attribute, value);
	}

	private static void assertSame(TestPersistence persistence, String attribute, ZonedDateTime value) {
		persistence.jdbc().sql("truncate moments").update();
		Moments byHibernate = moments(1, attribute, value);
		Moments inBulk = moments(2, attribute, value);
		RuntimeException refused = null;
		try {
			persistence.persist(byHibernate);
		}
		catch (RuntimeException ex) {
			refused = ex;
		}
		if (refused != null) {
			assertThatExceptionOfType(BulkRowException.class).as("because Hibernate: " + refused)
				.isThrownBy(() -> persistence.bulk().insert(Moments.class).from(List.of(inBulk)));
			return;
		}
		persistence.bulk().insert(Moments.class).from(List.of(inBulk));
		List<String> rows = persistence.jdbc()
			.sql("select (to_jsonb(m) - 'id')::text from moments m order by id")
			.query(String.class)
			.list();
		assertThat(rows.get(1)).isEqualTo(rows.get(0));
	}

	private static Moments moments(long id, String attribute, ZonedDateTime value) {
		Moments moments = new Moments();
		moments.id = id;
		Objects.requireNonNull(ATTRIBUTES.get(attribute)).accept(moments, value);
		return moments;
	}

	@Provide
	Arbitrary<String> attributes() {
		return Arbitraries.of(ATTRIBUTES.keySet());
	}

	@Provide
	Arbitrary<String> zones() {
		return Arbitraries.of(ZONES);
	}

	@Provide
	Arbitrary<String> persistences() {
		return Arbitraries.of("none", "UTC", "America/New_York");
	}

	@Provide
	Arbitrary<LocalDateTime> dateTimes() {
		Arbitrary<LocalDateTime> days = Arbitraries.oneOf(days(-4700, 0), days(1, 1581), days(1582, 1583),
				days(1583, 1950), days(1950, 2050), days(2050, 9999), days(10_000, 200_000));
		Arbitrary<LocalDateTime> special = Arbitraries.of(LocalDateTime.parse("1582-10-10T12:00:00"),
				LocalDateTime.parse("0900-03-05T00:00:00"), LocalDateTime.parse("0900-03-01T00:00:00"),
				LocalDateTime.parse("2024-03-31T02:30:00.1234567"), LocalDateTime.parse("2024-10-27T02:30:00"),
				LocalDateTime.parse("2024-03-10T02:30:00"), LocalDateTime.parse("2024-11-03T01:30:00"),
				LocalDateTime.parse("2011-12-30T10:00:00"), LocalDateTime.parse("1970-01-01T23:59:59.999999999"),
				LocalDateTime.parse("1970-01-01T00:00:00"), LocalDateTime.parse("0001-01-01T00:00:00"),
				LocalDateTime.parse("9999-12-31T23:59:59.9999995"), LocalDateTime.parse("1905-01-01T00:00:00"));
		return Arbitraries.oneOf(days, days, special);
	}

	private static Arbitrary<LocalDateTime> days(int from, int to) {
		Arbitrary<Long> day = Arbitraries.longs()
			.between(LocalDate.of(from, 1, 1).toEpochDay(), LocalDate.of(to, 12, 31).toEpochDay());
		Arbitrary<Long> nano = Arbitraries.longs().between(0, LocalTime.MAX.toNanoOfDay());
		return Combinators.combine(day, nano)
			.as((number, time) -> LocalDate.ofEpochDay(number).atTime(LocalTime.ofNanoOfDay(time)));
	}

}
