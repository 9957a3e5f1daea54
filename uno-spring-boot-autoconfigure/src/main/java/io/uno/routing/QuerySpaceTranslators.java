package io.uno.routing;

import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.ModelPartContainer;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.sql.ast.SqlAstTranslator;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.tree.MutationStatement;
import org.hibernate.sql.ast.tree.Statement;
import org.hibernate.sql.ast.tree.cte.CteContainer;
import org.hibernate.sql.ast.tree.from.TableGroup;
import org.hibernate.sql.ast.tree.select.QuerySpec;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.hibernate.sql.exec.spi.JdbcOperationQueryMutation;
import org.hibernate.sql.exec.spi.JdbcSelect;
import org.hibernate.sql.model.ast.TableMutation;
import org.hibernate.sql.model.jdbc.JdbcMutationOperation;
import org.jspecify.annotations.Nullable;

/**
 * Translators to SQL that add the query spaces which Hibernate leaves out: of the entity
 * that a statement changes, and of the owner of a collection that it reads. Asked once
 * for each statement, whose translation Hibernate keeps.
 *
 * @param plain Hibernate's own translators
 */
record QuerySpaceTranslators(SqlAstTranslatorFactory plain) implements SqlAstTranslatorFactory {

	@Override
	public SqlAstTranslator<JdbcSelect> buildSelectTranslator(SessionFactoryImplementor factory,
			SelectStatement statement) {
		SqlAstTranslator<JdbcSelect> translator = this.plain.buildSelectTranslator(factory, statement);
		statement.getQueryPart().visitQuerySpecs((query) -> addOwners(query, translator));
		addWriting(statement, translator);
		return translator;
	}

	private static void addOwners(QuerySpec query, SqlAstTranslator<?> translator) {
		for (TableGroup root : query.getFromClause().getRoots()) {
			if (root.getModelPart() instanceof PluralAttributeMapping) {
				addOwner(root.getModelPart(), translator);
			}
		}
	}

	/**
	 * What changes rows of a joined hierarchy is a select with changes inside.
	 */
	private static void addWriting(CteContainer statement, SqlAstTranslator<?> translator) {
		statement.getCteStatements().values().forEach((part) -> {
			Statement definition = part.getCteDefinition();
			if (definition instanceof MutationStatement mutation) {
				translator.addAffectedTableName(EntityRoutes.WRITING);
				addTarget(mutation, translator);
			}
		});
	}

	@Override
	public SqlAstTranslator<? extends JdbcOperationQueryMutation> buildMutationTranslator(
			SessionFactoryImplementor factory, MutationStatement statement) {
		SqlAstTranslator<? extends JdbcOperationQueryMutation> translator = this.plain.buildMutationTranslator(factory,
				statement);
		addTarget(statement, translator);
		return translator;
	}

	private static void addTarget(MutationStatement statement, SqlAstTranslator<?> translator) {
		if (statement.getMutationTarget() != null) {
			addOwner(statement.getMutationTarget().getTargetPart(), translator);
		}
	}

	@Override
	public <O extends JdbcMutationOperation> SqlAstTranslator<O> buildModelMutationTranslator(TableMutation<O> mutation,
			SessionFactoryImplementor factory) {
		return this.plain.buildModelMutationTranslator(mutation, factory);
	}

	private static void addOwner(ModelPartContainer part, SqlAstTranslator<?> translator) {
		String entity = entityOf(part);
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
