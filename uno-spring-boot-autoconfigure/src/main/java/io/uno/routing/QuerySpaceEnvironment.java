package io.uno.routing;

import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.env.spi.ExtractedDatabaseMetaData;
import org.hibernate.engine.jdbc.env.spi.IdentifierHelper;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.engine.jdbc.env.spi.LobCreatorBuilder;
import org.hibernate.engine.jdbc.env.spi.NameQualifierSupport;
import org.hibernate.engine.jdbc.env.spi.QualifiedObjectNameFormatter;
import org.hibernate.engine.jdbc.spi.SqlExceptionHelper;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;

/**
 * What Hibernate has found out about the server, with other translators to SQL.
 *
 * @param plain what Hibernate has found out
 * @param translators the other translators
 */
record QuerySpaceEnvironment(JdbcEnvironment plain, SqlAstTranslatorFactory translators) implements JdbcEnvironment {

	@Override
	public SqlAstTranslatorFactory getSqlAstTranslatorFactory() {
		return this.translators;
	}

	@Override
	public Dialect getDialect() {
		return this.plain.getDialect();
	}

	@Override
	public ExtractedDatabaseMetaData getExtractedDatabaseMetaData() {
		return this.plain.getExtractedDatabaseMetaData();
	}

	@Override
	public Identifier getCurrentCatalog() {
		return this.plain.getCurrentCatalog();
	}

	@Override
	public Identifier getCurrentSchema() {
		return this.plain.getCurrentSchema();
	}

	@Override
	@Deprecated
	public QualifiedObjectNameFormatter getQualifiedObjectNameFormatter() {
		return this.plain.getQualifiedObjectNameFormatter();
	}

	@Override
	public IdentifierHelper getIdentifierHelper() {
		return this.plain.getIdentifierHelper();
	}

	@Override
	public NameQualifierSupport getNameQualifierSupport() {
		return this.plain.getNameQualifierSupport();
	}

	@Override
	public SqlExceptionHelper getSqlExceptionHelper() {
		return this.plain.getSqlExceptionHelper();
	}

	@Override
	public LobCreatorBuilder getLobCreatorBuilder() {
		return this.plain.getLobCreatorBuilder();
	}

}
