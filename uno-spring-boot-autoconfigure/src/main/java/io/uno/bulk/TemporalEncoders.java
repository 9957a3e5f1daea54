package io.uno.bulk;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/**
 * Writes dates and times, which PostgreSQL counts in days or microseconds from the
 * beginning of the year 2000. Nanoseconds are rounded as the JDBC driver rounds them. The
 * greatest and least values of a class stand for infinity, as they do for the driver.
 */
final class TemporalEncoders {

	private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

	private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;

	private static final long MICROS = 1_000_000;

	private static final long LAST_NANO = LocalTime.MAX.toNanoOfDay() - 500;

	/**
	 * Day one of the Julian calendar, in days from 2000.
	 */
	private static final long FIRST_DAY = LocalDate.of(-4713, 11, 24).toEpochDay() - EPOCH_DAY;

	private static final long LAST_DAY = LocalDate.of(5_874_897, 12, 31).toEpochDay() - EPOCH_DAY;

	private static final long FIRST_SECOND = FIRST_DAY * 86_400;

	private static final long LAST_SECOND = (LocalDate.of(294_276, 12, 31).toEpochDay() - EPOCH_DAY) * 86_400 + 86_399;

	private TemporalEncoders() {
	}

	static void date(Object value, CopyBuffer target) throws RowRefusedException {
		LocalDate date = (LocalDate) value;
		target.putInt(Integer.BYTES);
		target.putInt(date.equals(LocalDate.MAX) ? Integer.MAX_VALUE
				: date.equals(LocalDate.MIN) ? Integer.MIN_VALUE : (int) days(date));
	}

	private static long days(LocalDate date) throws RowRefusedException {
		long days = date.toEpochDay() - EPOCH_DAY;
		if (days < FIRST_DAY || days > LAST_DAY) {
			throw new RowRefusedException("%s is outside of 4714-11-24 BC to 5874897-12-31".formatted(date));
		}
		return days;
	}

	static void time(Object value, CopyBuffer target) {
		target.putInt(Long.BYTES);
		target.putLong(micros((LocalTime) value));
	}

	static void offsetTime(Object value, CopyBuffer target) {
		OffsetTime time = (OffsetTime) value;
		target.putInt(Long.BYTES + Integer.BYTES);
		// the driver rounds the last half microsecond of the day up, and cuts all others
		long nanos = time.toLocalTime().toNanoOfDay();
		target.putLong((nanos > LAST_NANO) ? micros(time.toLocalTime()) : nanos / 1_000);
		target.putInt(-time.getOffset().getTotalSeconds());
	}

	private static long micros(LocalTime time) {
		return (time.toNanoOfDay() + 500) / 1_000;
	}

	static void timestamp(Object value, CopyBuffer target) throws RowRefusedException {
		LocalDateTime timestamp = (LocalDateTime) value;
		target.putInt(Long.BYTES);
		target.putLong(timestamp.equals(LocalDateTime.MAX) ? Long.MAX_VALUE : timestamp.equals(LocalDateTime.MIN)
				? Long.MIN_VALUE : micros(timestamp.toEpochSecond(ZoneOffset.UTC), timestamp.getNano(), timestamp));
	}

	static void instant(Object value, CopyBuffer target) throws RowRefusedException {
		Instant instant = (Instant) value;
		target.putInt(Long.BYTES);
		target.putLong(instant.equals(Instant.MAX) ? Long.MAX_VALUE : instant.equals(Instant.MIN) ? Long.MIN_VALUE
				: micros(instant.getEpochSecond(), instant.getNano(), instant));
	}

	private static long micros(long epochSecond, int nano, Object value) throws RowRefusedException {
		long seconds = epochSecond - EPOCH_SECOND;
		long micros = (nano + 500) / 1_000;
		if (seconds < FIRST_SECOND || seconds > LAST_SECOND || (seconds == LAST_SECOND && micros == MICROS)) {
			throw new RowRefusedException("%s is outside of 4714-11-24 BC to 294276-12-31".formatted(value));
		}
		return seconds * MICROS + micros;
	}

	/**
	 * Refuse what the classes of {@code java.sql} would turn into some other day, since
	 * they count beyond their range without an error.
	 * @param value an attribute's value
	 * @throws RowRefusedException if no column of the server keeps it
	 */
	static void requireInRange(Object value) throws RowRefusedException {
		if (value instanceof LocalDate date) {
			days(date);
		}
		else if (value instanceof LocalDateTime dateTime) {
			micros(dateTime.toEpochSecond(ZoneOffset.UTC), dateTime.getNano(), dateTime);
		}
		else if (value instanceof TemporalAccessor temporal && temporal.isSupported(ChronoField.INSTANT_SECONDS)) {
			micros(temporal.getLong(ChronoField.INSTANT_SECONDS), temporal.get(ChronoField.NANO_OF_SECOND), value);
		}
	}

	static void interval(Object value, CopyBuffer target) throws RowRefusedException {
		Duration duration = (Duration) value;
		target.putInt(Long.BYTES + 2 * Integer.BYTES);
		target.putLong(micros(duration));
		target.putInt(0);
		target.putInt(0);
	}

	private static long micros(Duration duration) throws RowRefusedException {
		try {
			return Math.addExact(Math.multiplyExact(duration.getSeconds(), MICROS), (duration.getNano() + 500) / 1_000);
		}
		catch (ArithmeticException ex) {
			throw new RowRefusedException("%s is longer than an interval can be".formatted(duration), ex);
		}
	}

}
