package io.uno.bulk;

import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TimeZoneColumn;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * An entity with each class of dates and times in each way that Hibernate stores it.
 */
@Entity
@SuppressWarnings("deprecation") // the older classes are stored, too
class Moments {

	@Id
	long id;

	@Nullable LocalDate date;

	@Column(columnDefinition = "time(6)")
	@Nullable LocalTime time;

	@Nullable LocalDateTime dateTime;

	@Column(columnDefinition = "timestamp(3)")
	@Nullable LocalDateTime milliseconds;

	@Nullable Instant instant;

	@JdbcTypeCode(SqlTypes.TIMESTAMP)
	@Nullable Instant localInstant;

	@Nullable OffsetDateTime offsetDateTime;

	@Nullable ZonedDateTime zonedDateTime;

	@Nullable OffsetTime offsetTime;

	@TimeZoneStorage(TimeZoneStorageType.NATIVE)
	@Nullable OffsetDateTime natively;

	@TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
	@Nullable OffsetDateTime normalized;

	@TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
	@Nullable OffsetTime normalizedTime;

	@TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)
	@Nullable ZonedDateTime normalizedToUtc;

	@TimeZoneStorage(TimeZoneStorageType.COLUMN)
	@TimeZoneColumn(name = "zone_beside")
	@Nullable ZonedDateTime besideItsZone;

	java.sql.@Nullable Date sqlDate;

	@Column(columnDefinition = "time(6)")
	@Nullable Time sqlTime;

	@Nullable Timestamp sqlTimestamp;

	@Temporal(TemporalType.DATE)
	@Nullable Date dateOfDate;

	@Temporal(TemporalType.TIME)
	@Nullable Date timeOfDate;

	@Nullable Date timestampOfDate;

	@Temporal(TemporalType.DATE)
	@Nullable Calendar dateOfCalendar;

	@Nullable Calendar calendar;

}
