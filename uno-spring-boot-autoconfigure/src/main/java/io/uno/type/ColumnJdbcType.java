package io.uno.type;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

import org.hibernate.type.descriptor.ValueBinder;
import org.hibernate.type.descriptor.ValueExtractor;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.BasicBinder;
import org.hibernate.type.descriptor.jdbc.BasicExtractor;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * Hibernate's view of the database side of a {@link ColumnType}: values travel as the
 * text form under the type's name, so that PostgreSQL knows the type of a parameter
 * wherever it stands.
 *
 * @param <C> the Java class of the column type
 */
final class ColumnJdbcType<C> implements JdbcType {

	private static final long serialVersionUID = 1L;

	/**
	 * First of the type codes under which uno's column types are known to Hibernate's
	 * DDL; neither JDBC nor Hibernate uses numbers of this range.
	 */
	private static final int FIRST_TYPE_CODE = 75_000;

	private final transient ColumnType<C> type;

	ColumnJdbcType(ColumnType<C> type) {
		this.type = type;
	}

	@Override
	public int getJdbcTypeCode() {
		return Types.OTHER;
	}

	@Override
	public int getDefaultSqlTypeCode() {
		return FIRST_TYPE_CODE + ColumnType.all().indexOf(this.type);
	}

	@Override
	public <X> ValueBinder<X> getBinder(JavaType<X> javaType) {
		return new TypedTextBinder<>(javaType);
	}

	@Override
	public <X> ValueExtractor<X> getExtractor(JavaType<X> javaType) {
		return new TextExtractor<>(javaType);
	}

	@Override
	public String toString() {
		return "ColumnJdbcType(" + this.type.typeName() + ")";
	}

	private PGobject parameter(String text) throws SQLException {
		PGobject parameter = new PGobject();
		parameter.setType(this.type.typeName());
		parameter.setValue(text);
		return parameter;
	}

	private final class TypedTextBinder<X> extends BasicBinder<X> {

		private static final long serialVersionUID = 1L;

		TypedTextBinder(JavaType<X> javaType) {
			super(javaType, ColumnJdbcType.this);
		}

		@Override
		protected void doBind(PreparedStatement statement, X value, int index, WrapperOptions options)
				throws SQLException {
			statement.setObject(index, parameter(getJavaType().unwrap(value, String.class, options)));
		}

		@Override
		protected void doBind(CallableStatement statement, X value, String name, WrapperOptions options)
				throws SQLException {
			statement.setObject(name, parameter(getJavaType().unwrap(value, String.class, options)));
		}

	}

	private final class TextExtractor<X> extends BasicExtractor<X> {

		private static final long serialVersionUID = 1L;

		TextExtractor(JavaType<X> javaType) {
			super(javaType, ColumnJdbcType.this);
		}

		@Override
		protected @Nullable X doExtract(ResultSet results, int index, WrapperOptions options) throws SQLException {
			return getJavaType().wrap(results.getString(index), options);
		}

		@Override
		protected @Nullable X doExtract(CallableStatement statement, int index, WrapperOptions options)
				throws SQLException {
			return getJavaType().wrap(statement.getString(index), options);
		}

		@Override
		protected @Nullable X doExtract(CallableStatement statement, String name, WrapperOptions options)
				throws SQLException {
			return getJavaType().wrap(statement.getString(name), options);
		}

	}

}
