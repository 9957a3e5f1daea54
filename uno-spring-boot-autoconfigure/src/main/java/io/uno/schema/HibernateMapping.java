package io.uno.schema;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.relational.AuxiliaryDatabaseObject;
import org.hibernate.boot.model.relational.Exportable;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.mapping.UserDefinedType;
import org.hibernate.tool.schema.spi.Exporter;

import org.springframework.util.StringUtils;

/**
 * Hibernate's model of the mapping and its way of rendering it.
 *
 * @param metadata the model
 * @param context how names are rendered
 * @param dialect what renders
 */
record HibernateMapping(Metadata metadata, SqlStringGenerationContext context, Dialect dialect) {

	static HibernateMapping of(SessionFactoryImplementor sessionFactory) {
		return new HibernateMapping(sessionFactory.getServiceRegistry().requireService(BootMetadata.class).get(),
				sessionFactory.getSqlStringGenerationContext(), sessionFactory.getJdbcServices().getDialect());
	}

	/**
	 * What Hibernate renders, in the order of its own schema creation.
	 */
	List<Emitter> emitters() {
		return List.of(new NamespaceEmitter(this),
				exporting(ObjectType.TYPE, this.dialect.getAuxiliaryDatabaseObjectExporter(),
						EntityObjects::auxiliariesBeforeTables),
				exporting(ObjectType.TYPE, this.dialect.getUserDefinedTypeExporter(), EntityObjects::userDefinedTypes),
				exporting(ObjectType.SEQUENCE, this.dialect.getSequenceExporter(), EntityObjects::sequences),
				exporting(ObjectType.TABLE, this.dialect.getTableExporter(), EntityObjects::tables),
				exporting(ObjectType.INDEX, this.dialect.getIndexExporter(), EntityObjects::indexes),
				exporting(ObjectType.CONSTRAINT, this.dialect.getUniqueKeyExporter(), EntityObjects::uniqueKeys),
				exporting(ObjectType.CONSTRAINT, this.dialect.getForeignKeyExporter(), EntityObjects::foreignKeys),
				exporting(ObjectType.CONSTRAINT, this.dialect.getAuxiliaryDatabaseObjectExporter(),
						EntityObjects::auxiliariesAfterTables));
	}

	private <T extends Exportable> Emitter exporting(ObjectType type, Exporter<T> exporter,
			Function<EntityObjects, ? extends Collection<? extends T>> objects) {
		return new ExportingEmitter<>(type, (object) -> export(exporter, object), objects);
	}

	/**
	 * Hibernate's exporters complete the model while they read it.
	 */
	private <T extends Exportable> List<String> export(Exporter<T> exporter, T object) {
		synchronized (this.metadata) {
			String[] statements = exporter.getSqlCreateStrings(object, this.metadata, this.context);
			return Arrays.stream(statements).filter(StringUtils::hasText).toList();
		}
	}

	Collection<UserDefinedType> userDefinedTypes() {
		return namespaces().flatMap((namespace) -> namespace.getDependencyOrderedUserDefinedTypes().stream()).toList();
	}

	Stream<Namespace> namespaces() {
		return StreamSupport.stream(this.metadata.getDatabase().getNamespaces().spliterator(), false);
	}

	Collection<AuxiliaryDatabaseObject> auxiliaries() {
		return this.metadata.getDatabase()
			.getAuxiliaryDatabaseObjects()
			.stream()
			.filter((object) -> object.appliesToDialect(this.dialect))
			.toList();
	}

}
