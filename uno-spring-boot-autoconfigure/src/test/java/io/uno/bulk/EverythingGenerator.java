package io.uno.bulk;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

import io.uno.bulk.Everything.Color;
import io.uno.type.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * Makes random entities, with a liking for nulls and extremes.
 */
final class EverythingGenerator {

	private static final List<String> TEXTS = List.of("", " ", "\\N", "a\tb\nc", "ü", "€uro", "🏔", "👩‍👩‍👧",
			"\uFFFD", "\u0001", "x".repeat(255), "€".repeat(200), "𝄞".repeat(127));

	// Hibernate reads earlier ones through a calendar that changed in 1582
	private static final long EARLIEST_DAY = LocalDate.of(1583, 1, 1).toEpochDay();

	private static final long LATEST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

	private final Random random;

	EverythingGenerator(Random random) {
		this.random = random;
	}

	Everything next() {
		Everything next = new Everything();
		next.primitiveByte = (byte) integer();
		next.primitiveShort = (short) integer();
		next.primitiveInt = (int) integer();
		next.primitiveLong = integer();
		next.primitiveFloat = (float) floating();
		next.primitiveDouble = floating();
		next.primitiveBoolean = this.random.nextBoolean();
		next.primitiveChar = "aZ9äß€".charAt(this.random.nextInt(6));
		next.aByte = orNull(() -> (byte) integer());
		next.aShort = orNull(() -> (short) integer());
		next.anInteger = orNull(() -> (int) integer());
		next.aLong = orNull(this::integer);
		next.aFloat = orNull(() -> (float) floating());
		next.aDouble = orNull(this::floating);
		next.aBoolean = orNull(this.random::nextBoolean);
		next.decimal = orNull(this::decimal);
		next.integer = orNull(() -> new BigInteger(90, this.random).multiply(BigInteger.valueOf(sign())));
		next.text = orNull(this::text);
		next.longText = orNull(() -> text().repeat(this.random.nextInt(50)));
		next.bytes = orNull(this::bytes);
		next.uuid = orNull(() -> new UUID(integer(), integer()));
		next.date = orNull(this::date);
		next.time = orNull(this::time);
		next.dateTime = orNull(this::dateTime);
		next.offsetDateTime = orNull(() -> instant().atOffset(ZoneOffset.UTC));
		next.instant = orNull(this::instant);
		next.duration = orNull(() -> Duration.ofSeconds(this.random.nextInt(), this.random.nextInt(1_000_000_000)));
		next.interval = orNull(
				() -> Duration.ofSeconds(this.random.nextInt(), this.random.nextInt(1_000_000) * 1_000L));
		next.name = orNull(this::color);
		next.ordinal = orNull(this::color);
		next.named = orNull(this::color);
		next.yes = orNull(this.random::nextBoolean);
		next.backwards = orNull(this::plainText);
		next.point = orNull(
				() -> new GeoPoint(this.random.nextDouble() * 180 - 90, this.random.nextDouble() * 360 - 180));
		next.part = orNull(this::part);
		return next;
	}

	private <T> @Nullable T orNull(Supplier<T> value) {
		return (this.random.nextInt(5) == 0) ? null : value.get();
	}

	private long integer() {
		return switch (this.random.nextInt(6)) {
			case 0 -> 0;
			case 1 -> -1;
			case 2 -> Long.MAX_VALUE;
			case 3 -> Long.MIN_VALUE;
			default -> this.random.nextLong();
		};
	}

	private double floating() {
		return switch (this.random.nextInt(7)) {
			case 0 -> 0;
			case 1 -> Double.NaN;
			case 2 -> Double.POSITIVE_INFINITY;
			case 3 -> Double.NEGATIVE_INFINITY;
			case 4 -> Double.MIN_VALUE;
			default -> this.random.nextGaussian() * 1e30;
		};
	}

	private int sign() {
		return this.random.nextBoolean() ? 1 : -1;
	}

	private BigDecimal decimal() {
		BigInteger unscaled = new BigInteger(this.random.nextInt(200), this.random)
			.multiply(BigInteger.valueOf(sign()));
		return new BigDecimal(unscaled, this.random.nextInt(40));
	}

	private String text() {
		return this.random.nextBoolean() ? TEXTS.get(this.random.nextInt(TEXTS.size())) : plainText();
	}

	private String plainText() {
		return this.random.ints(this.random.nextInt(100), 0x20, 0x500)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private byte[] bytes() {
		byte[] bytes = new byte[this.random.nextInt((this.random.nextInt(50) == 0) ? 300_000 : 1_000)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private LocalDate date() {
		return LocalDate.ofEpochDay(EARLIEST_DAY + (long) (this.random.nextDouble() * (LATEST_DAY - EARLIEST_DAY)));
	}

	// Hibernate makes the column a time(0)
	private LocalTime time() {
		return LocalTime.ofSecondOfDay(this.random.nextInt(86_400));
	}

	private LocalDateTime dateTime() {
		return date().atTime(LocalTime.ofNanoOfDay((long) (this.random.nextDouble() * 86_400_000_000L) * 1_000));
	}

	private Instant instant() {
		return dateTime().toInstant(ZoneOffset.UTC);
	}

	private Color color() {
		return Color.values()[this.random.nextInt(3)];
	}

	private Everything.Part part() {
		Everything.Part part = new Everything.Part();
		part.weight = this.random.nextInt();
		part.label = orNull(this::plainText);
		return part;
	}

}
