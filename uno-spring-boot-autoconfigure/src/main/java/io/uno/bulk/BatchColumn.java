package io.uno.bulk;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.hibernate.HibernateException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.descriptor.ValueBinder;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a batch: reads the value of a row and binds it as Hibernate does.
 */
final class BatchColumn {

	private final MappedColumn mapped;

	private final TableColumn column;

	private final boolean nullable;

	BatchColumn(MappedColumn mapped, TableColumn column) {
		this.mapped = mapped;
		this.column = column;
		this.nullable = mapped.nullable() && !column.notNull();
	}

	/**
	 * Read what is to be bound.
	 * @param row the row
	 * @return the value as Hibernate's binder takes it, or {@code null}
	 * @throws RowRefusedException if the column cannot keep the row's value
	 */
	@Nullable Object value(Row row) throws RowRefusedException {
		try {
			Object value = relational(this.mapped.reader().read(row));
			require(value);
			return value;
		}
		catch (RowRefusedException ex) {
			throw ex.at(this.mapped);
		}
	}

	private @Nullable Object relational(@Nullable Object value) throws RowRefusedException {
		if (value == null) {
			return null;
		}
		try {
			return this.mapped.jdbcMapping().convertToRelationalValue(value);
		}
		catch (RuntimeException ex) {
			throw new RowRefusedException("its converter failed: " + ex, ex);
		}
	}

	private void require(@Nullable Object value) throws RowRefusedException {
		if (value == null && !this.nullable) {
			throw new RowRefusedException("it must not be null");
		}
		if (value instanceof String text) {
			TextLimit.require(text, this.column.length());
		}
		if (value instanceof BigDecimal number) {
			NumericLimit.require(number, this.column.precision(), this.column.scale());
		}
	}

	@SuppressWarnings("unchecked") // the mapping's binder takes the mapping's values
	void bind(PreparedStatement statement, int index, @Nullable Object value, SharedSessionContractImplementor session)
			throws SQLException, HibernateException {
		JdbcMapping mapping = this.mapped.jdbcMapping();
		((ValueBinder<Object>) mapping.getJdbcValueBinder()).bind(statement, value, index, session);
	}

}
