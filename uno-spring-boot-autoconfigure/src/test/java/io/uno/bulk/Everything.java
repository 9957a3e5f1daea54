package io.uno.bulk;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

import io.uno.type.GeoPoint;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.YesNoConverter;
import org.jspecify.annotations.Nullable;

/**
 * An entity with an attribute of every class that bulk writes.
 */
@Entity
class Everything {

	enum Color {

		RED, GREEN, BLUE

	}

	@EmbeddedId
	@Nullable Key id;

	byte primitiveByte;

	short primitiveShort;

	int primitiveInt;

	long primitiveLong;

	float primitiveFloat;

	double primitiveDouble;

	boolean primitiveBoolean;

	char primitiveChar = 'a';

	@Nullable Byte aByte;

	@Nullable Short aShort;

	@Nullable Integer anInteger;

	@Nullable Long aLong;

	@Nullable Float aFloat;

	@Nullable Double aDouble;

	@Nullable Boolean aBoolean;

	@Column(columnDefinition = "numeric")
	@Nullable BigDecimal decimal;

	@Column(precision = 30, scale = 0)
	@Nullable BigInteger integer;

	@Nullable String text;

	@Column(columnDefinition = "text")
	@Nullable String longText;

	byte @Nullable [] bytes;

	@Nullable UUID uuid;

	@Nullable LocalDate date;

	@Nullable LocalTime time;

	@Nullable LocalDateTime dateTime;

	@Nullable OffsetDateTime offsetDateTime;

	@Nullable Instant instant;

	@Nullable Duration duration;

	@JdbcTypeCode(SqlTypes.INTERVAL_SECOND)
	@Nullable Duration interval;

	@Enumerated(EnumType.STRING)
	@Nullable Color name;

	@Enumerated(EnumType.ORDINAL)
	@Nullable Color ordinal;

	@Enumerated(EnumType.STRING)
	@JdbcTypeCode(SqlTypes.NAMED_ENUM)
	@Nullable Color named;

	@Convert(converter = YesNoConverter.class)
	@Nullable Boolean yes;

	@Convert(converter = Backwards.class)
	@Nullable String backwards;

	@Nullable GeoPoint point;

	@Nullable Part part;

	@Embeddable
	record Key(int number, String letter) {

	}

	@Embeddable
	static class Part {

		int weight;

		@Nullable String label;

	}

	static class Backwards implements AttributeConverter<String, String> {

		@Override
		@SuppressWarnings("NullAway") // a converter hands null through
		public @Nullable String convertToDatabaseColumn(@Nullable String attribute) {
			return (attribute != null) ? new StringBuilder(attribute).reverse().toString() : null;
		}

		@Override
		@SuppressWarnings("NullAway") // a converter hands null through
		public @Nullable String convertToEntityAttribute(@Nullable String column) {
			return convertToDatabaseColumn(column);
		}

	}

}
