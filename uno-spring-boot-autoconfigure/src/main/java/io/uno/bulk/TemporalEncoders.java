package io.uno.bulk;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/**
 * Writes dates and times, which PostgreSQL counts in days or microseconds from the
 * beginning of the year 2000. Nanoseconds are rounded as the JDBC driver rounds them.
 */
final class TemporalEncoders {

	private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

	private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;

	private static final long MICROS = 1_000_000;

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
		long days = date.toEpochDay() - EPOCH_DAY;
		if (days < FIRST_DAY || days > LAST_DAY) {
			throw new RowRefusedException("%s is outside of 4714-11-24 BC to 5874897-12-31".formatted(date));
		}
		target.putInt(Integer.BYTES);
		target.putInt((int) days);
	}

	static void time(Object value, CopyBuffer target) {
		target.putInt(Long.BYTES);
		target.putLong(micros((LocalTime) value));
	}

	static void offsetTime(Object value, CopyBuffer target) {
		OffsetTime time = (OffsetTime) value;
		target.putInt(Long.BYTES + Integer.BYTES);
		target.putLong(micros(time.toLocalTime()));
		target.putInt(-time.getOffset().getTotalSeconds());
	}

	private static long micros(LocalTime time) {
		return (time.toNanoOfDay() + 500) / 1_000;
	}

	static void timestamp(Object value, CopyBuffer target) throws RowRefusedException {
		LocalDateTime timestamp = (LocalDateTime) value;
		putTimestamp(timestamp.toEpochSecond(ZoneOffset.UTC), timestamp.getNano(), timestamp, target);
	}

	static void instant(Object value, CopyBuffer target) throws RowRefusedException {
		Instant instant = (Instant) value;
		putTimestamp(instant.getEpochSecond(), instant.getNano(), instant, target);
	}

	private static void putTimestamp(long epochSecond, int nano, Object value, CopyBuffer target)
			throws RowRefusedException {
		long seconds = epochSecond - EPOCH_SECOND;
		long micros = (nano + 500) / 1_000;
		if (seconds < FIRST_SECOND || seconds > LAST_SECOND || (seconds == LAST_SECOND && micros == MICROS)) {
			throw new RowRefusedException("%s is outside of 4714-11-24 BC to 294276-12-31".formatted(value));
		}
		target.putInt(Long.BYTES);
		target.putLong(seconds * MICROS + micros);
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
