package io.uno.routing;

import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.ModelPartContainer;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.sql.ast.SqlAstTranslator;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.tree.MutationStatement;
import org.hibernate.sql.ast.tree.from.TableGroup;
import org.hibernate.sql.ast.tree.select.QuerySpec;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.hibernate.sql.exec.spi.JdbcOperationQueryMutation;
import org.hibernate.sql.exec.spi.JdbcSelect;
import org.hibernate.sql.model.MutationTarget;
import org.hibernate.sql.model.ast.TableMutation;
import org.hibernate.sql.model.jdbc.JdbcMutationOperation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NamedThreadLocal;

/**
 * Translators to SQL that add the query spaces which Hibernate leaves out: of the entity
 * that a statement changes, and of the owner of a collection that it reads. Asked once
 * for each statement, whose translation Hibernate keeps.
 *
 * @param plain Hibernate's own translators
 */
record QuerySpaceTranslators(SqlAstTranslatorFactory plain) implements SqlAstTranslatorFactory {

	/**
	 * What the thread has translated a change of, until it is sent. Right after a
	 * {@code delete} come those of the tables of its collections, which say nothing of
	 * whose they are.
	 */
	private static final ThreadLocal<EntityPersister> CHANGED = new NamedThreadLocal<>("entity changed by a query");

	@Override
	public SqlAstTranslator<JdbcSelect> buildSelectTranslator(SessionFactoryImplementor factory,
			SelectStatement statement) {
		SqlAstTranslator<JdbcSelect> translator = this.plain.buildSelectTranslator(factory, statement);
		statement.getQueryPart().visitQuerySpecs((query) -> addOwners(query, translator));
		return translator;
	}

	private static void addOwners(QuerySpec query, SqlAstTranslator<?> translator) {
		for (TableGroup root : query.getFromClause().getRoots()) {
			if (root.getModelPart() instanceof PluralAttributeMapping collection) {
				add(entityOf(collection), translator);
			}
		}
	}

	@Override
	public SqlAstTranslator<? extends JdbcOperationQueryMutation> buildMutationTranslator(
			SessionFactoryImplementor factory, MutationStatement statement) {
		SqlAstTranslator<? extends JdbcOperationQueryMutation> translator = this.plain.buildMutationTranslator(factory,
				statement);
		MutationTarget<?> target = statement.getMutationTarget();
		if (target == null) {
			addOwnerOf(statement.getTargetTable().getTableExpression(), translator);
		}
		else {
			add(entityOf(target.getTargetPart()), translator);
			if (target.getTargetPart() instanceof EntityPersister entity) {
				CHANGED.set(entity);
			}
		}
		return translator;
	}

	private static void addOwnerOf(String table, SqlAstTranslator<?> translator) {
		EntityPersister changed = CHANGED.get();
		if (changed != null) {
			translator.getSessionFactory().getMappingMetamodel().forEachCollectionDescriptor((collection) -> {
				if (isCollectionOf(changed, collection) && collection.getTableName().equals(table)) {
					add(changed.getEntityName(), translator);
				}
			});
		}
	}

	private static boolean isCollectionOf(EntityPersister entity, CollectionPersister collection) {
		return collection.getOwnerEntityPersister().getRootEntityName().equals(entity.getRootEntityName());
	}

	/**
	 * To be called when what has been translated is sent.
	 */
	static void forget() {
		CHANGED.remove();
	}

	@Override
	public <O extends JdbcMutationOperation> SqlAstTranslator<O> buildModelMutationTranslator(TableMutation<O> mutation,
			SessionFactoryImplementor factory) {
		return this.plain.buildModelMutationTranslator(mutation, factory);
	}

	private static void add(@Nullable String entity, SqlAstTranslator<?> translator) {
		if (entity != null) {
			translator.addAffectedTableName(EntityRoutes.space(entity));
		}
	}

	/**
	 * The entity that a part of the mapping belongs to.
	 */
	static @Nullable String entityOf(@Nullable ModelPartContainer part) {
		if (part instanceof PluralAttributeMapping collection) {
			return collection.getCollectionDescriptor().getOwnerEntityPersister().getEntityName();
		}
		return (part instanceof EntityPersister entity) ? entity.getEntityName() : null;
	}

}
