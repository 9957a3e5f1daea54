package io.uno.type;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.descriptor.sql.internal.DdlTypeImpl;

/**
 * Registers uno's {@linkplain ColumnType column types} with Hibernate, which finds this
 * class by itself. Attributes of other classes keep their mapping.
 *
 * @since 0.1.0
 */
public final class UnoTypeContributor implements TypeContributor {

	/**
	 * Create the contributor; called by Hibernate.
	 */
	public UnoTypeContributor() {
	}

	@Override
	public void contribute(TypeContributions contributions, ServiceRegistry services) {
		Dialect dialect = services.requireService(JdbcServices.class).getDialect();
		ColumnType.all().forEach((type) -> contribute(type, contributions, dialect));
	}

	private static <T> void contribute(ColumnType<T> type, TypeContributions contributions, Dialect dialect) {
		contributions.contributeJavaType(new ColumnJavaType<>(type));
		if (dialect instanceof PostgreSQLDialect) {
			int typeCode = new ColumnJdbcType<>(type).getDefaultSqlTypeCode();
			contributions.getTypeConfiguration()
				.getDdlTypeRegistry()
				.addDescriptor(new DdlTypeImpl(typeCode, type.typeName(), dialect));
		}
	}

	@Override
	public int ordinal() {
		return 600;
	}

}
