package io.uno.bulk;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Set;
import java.util.TimeZone;

import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.jdbc.DateJdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.LocalDateJdbcType;
import org.hibernate.type.descriptor.jdbc.LocalDateTimeJdbcType;
import org.hibernate.type.descriptor.jdbc.LocalTimeJdbcType;
import org.hibernate.type.descriptor.jdbc.OffsetDateTimeJdbcType;
import org.hibernate.type.descriptor.jdbc.TimeJdbcType;
import org.hibernate.type.descriptor.jdbc.TimestampJdbcType;
import org.hibernate.type.descriptor.jdbc.TimestampUtcAsJdbcTimestampJdbcType;
import org.hibernate.type.descriptor.jdbc.TimestampUtcAsOffsetDateTimeJdbcType;
import org.hibernate.type.descriptor.jdbc.TimestampWithTimeZoneJdbcType;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Turns dates and times into what the server gets when Hibernate inserts them. Most of
 * them Hibernate binds as {@code java.sql} classes, which the driver writes by a calendar
 * that is the Julian one before 1582, in which the hours that daylight saving leaves out
 * do not exist, and which knows no local mean time. For any value that meets one of
 * these, Hibernate's own binder is asked; all others are converted directly.
 */
final class TemporalConversion {

	/**
	 * Before, {@code java.sql} and {@code java.time} may differ in what the offset of a
	 * time zone was.
	 */
	private static final int FIRST_PLAIN_YEAR = 1905;

	/**
	 * Until then {@code java.util.TimeZone} knows each change of the clocks.
	 */
	private static final int LAST_YEAR_OF_ZONES = 2037;

	private static final int LAST_PLAIN_YEAR = 9999;

	private static final long FIRST_PLAIN_SECOND = LocalDate.of(FIRST_PLAIN_YEAR, 1, 2).toEpochDay() * 86_400;

	private static final long LAST_PLAIN_SECOND = LocalDate.of(LAST_PLAIN_YEAR, 12, 31).toEpochDay() * 86_400;

	/**
	 * The driver writes minus infinity for earlier ones.
	 */
	private static final LocalDate FIRST_DAY_OF_DRIVER = LocalDate.of(-4712, 1, 1);

	private static final Set<Class<? extends JdbcType>> BOUND_AS_INSTANTS = Set.of(
			TimestampUtcAsJdbcTimestampJdbcType.class, TimestampUtcAsOffsetDateTimeJdbcType.class,
			TimestampWithTimeZoneJdbcType.class, OffsetDateTimeJdbcType.class);

	private static final Set<Class<?>> TARGETS = Set.of(LocalDate.class, LocalTime.class, LocalDateTime.class,
			OffsetTime.class, Instant.class);

	private final JdbcMapping mapping;

	private final Class<?> target;

	private final WrapperOptions options;

	private final @Nullable ZoneId jdbcZone;

	TemporalConversion(JdbcMapping mapping, Class<?> target, SessionFactoryImplementor sessionFactory) {
		this.mapping = mapping;
		this.target = target;
		this.options = sessionFactory.getWrapperOptions();
		TimeZone zone = sessionFactory.getSessionFactoryOptions().getJdbcTimeZone();
		this.jdbcZone = (zone != null) ? zone.toZoneId() : null;
	}

	/**
	 * Return whether values of a class are dates or times.
	 * @param target the class of the values that an encoder takes
	 * @return whether they are
	 */
	static boolean supports(Class<?> target) {
		return TARGETS.contains(target);
	}

	/**
	 * Convert a value.
	 * @param value the value that Hibernate would bind
	 * @return the value of the encoder's class, or {@code null} when null is bound
	 * @throws RowRefusedException if the column cannot keep it
	 */
	@Nullable Object convert(Object value) throws RowRefusedException {
		Object plain = plain(value, this.mapping.getJdbcType().getClass());
		return (plain != null) ? plain : bound(value);
	}

	private @Nullable Object plain(Object value, Class<?> jdbcType) {
		if (this.target == Instant.class) {
			return BOUND_AS_INSTANTS.contains(jdbcType) ? plainInstant(value) : null;
		}
		if (value instanceof LocalDate date && this.target == LocalDate.class) {
			return (jdbcType == DateJdbcType.class || jdbcType == LocalDateJdbcType.class) ? plainDate(date) : null;
		}
		if (value instanceof LocalDateTime dateTime && this.target == LocalDateTime.class) {
			return (jdbcType == LocalDateTimeJdbcType.class && isPlain(dateTime.getYear(), LAST_PLAIN_YEAR)) ? dateTime
					: (jdbcType == TimestampJdbcType.class) ? plainDateTime(dateTime) : null;
		}
		if (value instanceof LocalTime time && this.target == LocalTime.class) {
			return (jdbcType == LocalTimeJdbcType.class) ? time
					: (jdbcType == TimeJdbcType.class) ? plainTime(time) : null;
		}
		return null;
	}

	private static @Nullable Instant plainInstant(Object value) {
		Instant instant = (value instanceof Instant given) ? given : (value instanceof OffsetDateTime dateTime)
				? dateTime.toInstant() : (value instanceof ZonedDateTime dateTime) ? dateTime.toInstant() : null;
		return (instant != null && instant.getEpochSecond() >= FIRST_PLAIN_SECOND
				&& instant.getEpochSecond() < LAST_PLAIN_SECOND) ? instant : null;
	}

	private static @Nullable LocalDate plainDate(LocalDate date) {
		boolean plain = isPlain(date.getYear(), LAST_PLAIN_YEAR)
				&& isUnambiguous(date.atStartOfDay(), ZoneId.systemDefault().getRules());
		return plain ? date : null;
	}

	private @Nullable LocalDateTime plainDateTime(LocalDateTime dateTime) {
		ZoneId zone = ZoneId.systemDefault();
		boolean fixed = zone.getRules().isFixedOffset()
				&& (this.jdbcZone == null || this.jdbcZone.getRules().isFixedOffset());
		if (!isPlain(dateTime.getYear(), fixed ? LAST_PLAIN_YEAR : LAST_YEAR_OF_ZONES)
				|| !isUnambiguous(dateTime, zone.getRules())) {
			return null;
		}
		return (this.jdbcZone == null) ? dateTime
				: dateTime.atZone(zone).withZoneSameInstant(this.jdbcZone).toLocalDateTime();
	}

	/**
	 * A {@code java.sql.Time} has milliseconds.
	 */
	private @Nullable LocalTime plainTime(LocalTime time) {
		boolean plain = this.jdbcZone == null && time.getNano() % 1_000_000 == 0
				&& isUnambiguous(time.atDate(LocalDate.EPOCH), ZoneId.systemDefault().getRules());
		return plain ? time : null;
	}

	private static boolean isPlain(int year, int last) {
		return year >= FIRST_PLAIN_YEAR && year <= last;
	}

	private static boolean isUnambiguous(LocalDateTime dateTime, ZoneRules rules) {
		return rules.isFixedOffset() || rules.getValidOffsets(dateTime).size() == 1;
	}

	private @Nullable Object bound(Object value) throws RowRefusedException {
		BoundValue bound = bind(value);
		if (bound.value() == null) {
			return null;
		}
		Object converted = (bound.value() instanceof java.util.Date legacy) ? ofLegacy(legacy, bound.calendar(), value)
				: ofModern(bound.value());
		if (converted == null) {
			throw new RowRefusedException("Hibernate binds %s as a %s, which the column does not keep".formatted(value,
					bound.value().getClass().getName()));
		}
		return converted;
	}

	private BoundValue bind(Object value) throws RowRefusedException {
		try {
			return BoundValue.of(this.mapping, value, this.options);
		}
		catch (RowRefusedException ex) {
			TemporalEncoders.requireInRange(value);
			throw ex;
		}
	}

	private @Nullable Object ofModern(Object bound) throws RowRefusedException {
		if (bound instanceof OffsetDateTime dateTime && this.target == Instant.class) {
			requireKept(dateTime.toLocalDate(), dateTime.equals(OffsetDateTime.MIN), dateTime);
			return dateTime.equals(OffsetDateTime.MAX) ? Instant.MAX
					: dateTime.equals(OffsetDateTime.MIN) ? Instant.MIN : dateTime.toInstant();
		}
		if (bound instanceof LocalDateTime dateTime && this.target == LocalDateTime.class) {
			requireKept(dateTime.toLocalDate(), dateTime.equals(LocalDateTime.MIN), dateTime);
			return dateTime;
		}
		if (bound instanceof LocalDate date && this.target == LocalDate.class) {
			requireKept(date, date.equals(LocalDate.MIN), date);
			return date;
		}
		return this.target.isInstance(bound) ? bound : null;
	}

	private static void requireKept(LocalDate date, boolean minusInfinity, Object value) throws RowRefusedException {
		if (date.isBefore(FIRST_DAY_OF_DRIVER) && !minusInfinity) {
			throw new RowRefusedException(
					"%s is before 4713-01-01 BC, and the driver turns it into -infinity".formatted(value));
		}
	}

	private @Nullable Object ofLegacy(java.util.Date bound, @Nullable Calendar given, Object value)
			throws RowRefusedException {
		TemporalEncoders.requireInRange(value);
		if (bound.getTime() == PGStatement.DATE_POSITIVE_INFINITY) {
			return infinity(true);
		}
		if (bound.getTime() == PGStatement.DATE_NEGATIVE_INFINITY) {
			return infinity(false);
		}
		Calendar calendar = new GregorianCalendar((given != null) ? given.getTimeZone() : TimeZone.getDefault());
		calendar.setTime(bound);
		try {
			return ofCalendar(calendar, bound);
		}
		catch (DateTimeException ex) {
			throw new RowRefusedException(
					"%s is written by the Julian calendar, and PostgreSQL does not have that day: %s".formatted(value,
							ex.getMessage()),
					ex);
		}
	}

	private @Nullable Object infinity(boolean positive) {
		if (this.target == LocalDate.class) {
			return positive ? LocalDate.MAX : LocalDate.MIN;
		}
		if (this.target == LocalDateTime.class) {
			return positive ? LocalDateTime.MAX : LocalDateTime.MIN;
		}
		return (this.target != Instant.class) ? null : positive ? Instant.MAX : Instant.MIN;
	}

	private @Nullable Object ofCalendar(Calendar calendar, java.util.Date bound) {
		if (this.target == LocalDate.class) {
			return (bound instanceof Date) ? date(calendar) : null;
		}
		if (this.target == LocalTime.class) {
			return (bound instanceof Time) ? time(calendar) : null;
		}
		if (this.target == OffsetTime.class) {
			return (bound instanceof Time) ? OffsetTime.of(time(calendar), offset(calendar)) : null;
		}
		if (!(bound instanceof Timestamp timestamp)) {
			return null;
		}
		LocalDateTime dateTime = LocalDateTime.of(date(calendar), time(calendar).withNano(timestamp.getNanos()));
		return (this.target == Instant.class) ? dateTime.toInstant(offset(calendar)) : dateTime;
	}

	private static LocalDate date(Calendar calendar) {
		int year = calendar.get(Calendar.YEAR);
		return LocalDate.of((calendar.get(Calendar.ERA) == GregorianCalendar.BC) ? 1 - year : year,
				calendar.get(Calendar.MONTH) + 1, calendar.get(Calendar.DAY_OF_MONTH));
	}

	private static LocalTime time(Calendar calendar) {
		return LocalTime.of(calendar.get(Calendar.HOUR_OF_DAY), calendar.get(Calendar.MINUTE),
				calendar.get(Calendar.SECOND), calendar.get(Calendar.MILLISECOND) * 1_000_000);
	}

	private static ZoneOffset offset(Calendar calendar) {
		return ZoneOffset
			.ofTotalSeconds((calendar.get(Calendar.ZONE_OFFSET) + calendar.get(Calendar.DST_OFFSET)) / 1_000);
	}

}
