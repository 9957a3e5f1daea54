package io.uno.bulk;

import io.uno.error.BulkMappingException;
import io.uno.type.ColumnType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.jspecify.annotations.Nullable;

/**
 * One column of {@code COPY}: reads, converts and encodes the value of a row.
 */
final class CopyColumn {

	private final MappedColumn mapped;

	private final boolean nullable;

	private final ValueConversion conversion;

	private final ColumnEncoder encoder;

	private CopyColumn(MappedColumn mapped, TableColumn column, ValueConversion conversion, ColumnEncoder encoder) {
		this.mapped = mapped;
		this.nullable = mapped.nullable() && !column.notNull();
		this.conversion = conversion;
		this.encoder = encoder;
	}

	static CopyColumn of(EntityMapping mapping, MappedColumn mapped, TableColumn column,
			SessionFactoryImplementor sessionFactory) {
		ColumnType<?> type = columnType(mapped.jdbcMapping(), column);
		if (type != null) {
			return new CopyColumn(mapped, column,
					new ValueConversion(mapped.jdbcMapping(), type.javaType(), sessionFactory), encoder(type));
		}
		BinaryFormat format = format(mapping, mapped, column);
		return new CopyColumn(mapped, column,
				new ValueConversion(mapped.jdbcMapping(), format.valueType(), sessionFactory), format.encoder(column));
	}

	private static @Nullable ColumnType<?> columnType(JdbcMapping mapping, TableColumn column) {
		return ColumnType.of(mapping.getJdbcJavaType().getJavaTypeClass())
			.filter((type) -> type.typeName().equals(column.type()))
			.orElse(null);
	}

	private static <T> ColumnEncoder encoder(ColumnType<T> type) {
		return (value, target) -> {
			T typed = type.javaType().cast(value);
			int length = type.binaryLength(typed);
			target.putInt(length);
			type.write(typed, target.put(length));
		};
	}

	private static BinaryFormat format(EntityMapping mapping, MappedColumn mapped, TableColumn column) {
		BinaryFormat format = BinaryFormat.of(column);
		if (format == null) {
			throw new BulkMappingException(mapping.entityName(),
					"%s cannot be written in bulk: column '%s' of attribute '%s' is of type %s, and COPY is known for %s"
						.formatted(mapping.entityName(), column.name(), mapped.attribute(), column.type(),
								BinaryFormat.known()));
		}
		if (!format.keeps(mapped.jdbcMapping().getJdbcType().getDefaultSqlTypeCode())) {
			throw new BulkMappingException(mapping.entityName(),
					"%s cannot be written in bulk: attribute '%s' is mapped as %s, but column '%s' of the table %s is of type %s"
						.formatted(mapping.entityName(), mapped.attribute(),
								mapped.jdbcMapping().getJdbcType().getFriendlyName(), column.name(), mapping.table(),
								column.type()));
		}
		return format;
	}

	/**
	 * Put the value of a row.
	 * @param row the row
	 * @param target where it goes
	 * @throws RowRefusedException if the column cannot keep the row's value
	 */
	void put(Row row, CopyBuffer target) throws RowRefusedException {
		try {
			Object value = this.mapped.reader().read(row);
			Object converted = (value != null) ? this.conversion.convert(value) : null;
			if (converted != null) {
				this.encoder.encode(converted, target);
			}
			else {
				putNull(target);
			}
		}
		catch (RowRefusedException ex) {
			throw ex.at(this.mapped);
		}
	}

	private void putNull(CopyBuffer target) throws RowRefusedException {
		if (!this.nullable) {
			throw new RowRefusedException("it must not be null");
		}
		target.putNull();
	}

}
