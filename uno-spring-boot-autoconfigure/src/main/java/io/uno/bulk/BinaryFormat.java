package io.uno.bulk;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * The column types of PostgreSQL that bulk writes: of which class their values are, and
 * which of Hibernate's SQL types may be kept in them without a loss.
 */
enum BinaryFormat {

	INT2(Long.class, Kinds.INTEGERS, "int2") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> {
				target.putInt(Short.BYTES);
				target.putShort((int) within((Long) value, Short.MIN_VALUE, Short.MAX_VALUE));
			};
		}

	},

	INT4(Long.class, Kinds.INTEGERS, "int4") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> {
				target.putInt(Integer.BYTES);
				target.putInt((int) within((Long) value, Integer.MIN_VALUE, Integer.MAX_VALUE));
			};
		}

	},

	INT8(Long.class, Kinds.INTEGERS, "int8") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> {
				target.putInt(Long.BYTES);
				target.putLong((Long) value);
			};
		}

	},

	FLOAT4(Float.class, Kinds.SINGLE_FLOATS, "float4") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> {
				target.putInt(Float.BYTES);
				target.putInt(Float.floatToIntBits((Float) value));
			};
		}

	},

	FLOAT8(Double.class, Kinds.FLOATS, "float8") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> {
				target.putInt(Double.BYTES);
				target.putLong(Double.doubleToLongBits((Double) value));
			};
		}

	},

	NUMERIC(BigDecimal.class, Kinds.NUMBERS, "numeric") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return new NumericEncoder(column.precision(), column.scale());
		}

	},

	BOOL(Boolean.class, Set.of(Types.BOOLEAN, Types.BIT), "bool") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> {
				target.putInt(1);
				target.putByte(((Boolean) value) ? 1 : 0);
			};
		}

	},

	TEXT(String.class, Kinds.TEXTS, "text", "varchar", "bpchar", "citext", "name") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			int limit = column.length();
			return (value, target) -> {
				String text = (String) value;
				TextLimit.require(text, limit);
				target.putText(text);
			};
		}

	},

	BYTEA(byte[].class, Kinds.BINARIES, "bytea") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> {
				byte[] bytes = (byte[]) value;
				target.putInt(bytes.length);
				target.putRaw(bytes);
			};
		}

	},

	UUIDS(UUID.class, Set.of(SqlTypes.UUID), "uuid") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> {
				UUID uuid = (UUID) value;
				target.putInt(2 * Long.BYTES);
				target.putLong(uuid.getMostSignificantBits());
				target.putLong(uuid.getLeastSignificantBits());
			};
		}

	},

	DATE(LocalDate.class, Set.of(Types.DATE, SqlTypes.LOCAL_DATE), "date") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return TemporalEncoders::date;
		}

	},

	TIME(LocalTime.class, Set.of(Types.TIME, SqlTypes.LOCAL_TIME, SqlTypes.TIME_UTC), "time") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return TemporalEncoders::time;
		}

	},

	TIMETZ(OffsetTime.class, Set.of(Types.TIME_WITH_TIMEZONE, SqlTypes.TIME_UTC, SqlTypes.OFFSET_TIME), "timetz") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return TemporalEncoders::offsetTime;
		}

	},

	TIMESTAMP(LocalDateTime.class, Set.of(Types.TIMESTAMP, SqlTypes.LOCAL_DATE_TIME), "timestamp") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return TemporalEncoders::timestamp;
		}

	},

	TIMESTAMPTZ(Instant.class, Kinds.INSTANTS, "timestamptz") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return TemporalEncoders::instant;
		}

	},

	INTERVAL(Duration.class, Set.of(SqlTypes.INTERVAL_SECOND), "interval") {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return TemporalEncoders::interval;
		}

	},

	/**
	 * The values of a type made by {@code create type ... as enum}.
	 */
	ENUMERATION(String.class, Set.of(SqlTypes.ENUM, SqlTypes.NAMED_ENUM, SqlTypes.NAMED_ORDINAL_ENUM)) {

		@Override
		ColumnEncoder encoder(TableColumn column) {
			return (value, target) -> target.putText((String) value);
		}

	};

	private final Class<?> valueType;

	private final Set<Integer> sqlTypes;

	private final Set<String> columnTypes;

	BinaryFormat(Class<?> valueType, Set<Integer> sqlTypes, String... columnTypes) {
		this.valueType = valueType;
		this.sqlTypes = sqlTypes;
		this.columnTypes = Set.of(columnTypes);
	}

	/**
	 * Return the class of the values that the encoder takes.
	 * @return the class
	 */
	Class<?> valueType() {
		return this.valueType;
	}

	/**
	 * Return whether values that Hibernate binds as an SQL type can be kept.
	 * @param sqlType the code of the SQL type
	 * @return whether nothing is lost
	 */
	boolean keeps(int sqlType) {
		return this.sqlTypes.contains(sqlType);
	}

	abstract ColumnEncoder encoder(TableColumn column);

	static @Nullable BinaryFormat of(TableColumn column) {
		if (column.enumeration()) {
			return ENUMERATION;
		}
		return Arrays.stream(values())
			.filter((format) -> format.columnTypes.contains(column.type()))
			.findFirst()
			.orElse(null);
	}

	static String known() {
		return Arrays.stream(values())
			.flatMap((format) -> format.columnTypes.stream().sorted())
			.collect(Collectors.joining(", "));
	}

	private static long within(long value, long least, long greatest) throws RowRefusedException {
		if (value < least || value > greatest) {
			throw new RowRefusedException("%d is outside of %d to %d".formatted(value, least, greatest));
		}
		return value;
	}

	/**
	 * Hibernate's SQL types by what their values are.
	 */
	private static final class Kinds {

		static final Set<Integer> INTEGERS = Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT,
				SqlTypes.ORDINAL_ENUM);

		static final Set<Integer> SINGLE_FLOATS = Set.of(Types.REAL, Types.FLOAT);

		static final Set<Integer> FLOATS = Set.of(Types.REAL, Types.FLOAT, Types.DOUBLE);

		static final Set<Integer> NUMBERS = Set.of(Types.NUMERIC, Types.DECIMAL, Types.TINYINT, Types.SMALLINT,
				Types.INTEGER, Types.BIGINT, SqlTypes.DURATION);

		static final Set<Integer> TEXTS = Set.of(Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, SqlTypes.LONG32VARCHAR,
				Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, SqlTypes.LONG32NVARCHAR, SqlTypes.ENUM);

		static final Set<Integer> BINARIES = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY,
				SqlTypes.LONG32VARBINARY);

		static final Set<Integer> INSTANTS = Set.of(Types.TIMESTAMP_WITH_TIMEZONE, SqlTypes.TIMESTAMP_UTC,
				SqlTypes.INSTANT, SqlTypes.OFFSET_DATE_TIME, SqlTypes.ZONED_DATE_TIME);

		private Kinds() {
		}

	}

}
