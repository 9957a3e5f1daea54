package io.uno.schema;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.uno.error.SchemaMappingException;
import org.hibernate.boot.model.relational.AuxiliaryDatabaseObject;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.mapping.Constraint;
import org.hibernate.mapping.ForeignKey;
import org.hibernate.mapping.Index;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.UniqueKey;
import org.hibernate.mapping.UserDefinedType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.Assert;

/**
 * An entity and what Hibernate's mapping has for it; without a binding, what the mapping
 * has for no entity.
 *
 * @param name the entity's name
 * @param binding Hibernate's binding of the entity
 * @param mapping Hibernate's mapping
 * @param auxiliaries objects that Hibernate knows as pairs of statements only
 * @param userDefinedTypes structured types
 * @param sequences sequences that ids are drawn from
 * @param tables tables, the entity's own first
 * @param cached whether Hibernate may read the entity from its second-level cache
 */
record EntityObjects(String name, @Nullable PersistentClass binding, HibernateMapping mapping,
		List<AuxiliaryDatabaseObject> auxiliaries, List<UserDefinedType> userDefinedTypes, List<Sequence> sequences,
		List<Table> tables, boolean cached) {

	/**
	 * Returns the name of the table that has the entity's id.
	 */
	TableName table() {
		return nameOf(ownTable());
	}

	Table ownTable() {
		return requireBinding().getTable();
	}

	PersistentClass requireBinding() {
		Assert.state(this.binding != null, "What belongs to no entity has no table of its own");
		return this.binding;
	}

	TableName nameOf(Table table) {
		return TableName.of(table, this.mapping.context());
	}

	Collection<AuxiliaryDatabaseObject> auxiliariesBeforeTables() {
		return this.auxiliaries.stream().filter(AuxiliaryDatabaseObject::beforeTablesOnCreation).toList();
	}

	Collection<AuxiliaryDatabaseObject> auxiliariesAfterTables() {
		return this.auxiliaries.stream().filter((object) -> !object.beforeTablesOnCreation()).toList();
	}

	Collection<Index> indexes() {
		return this.tables.stream()
			.flatMap((table) -> table.getIndexes().values().stream().sorted(Comparator.comparing(Index::getName)))
			.toList();
	}

	Collection<UniqueKey> uniqueKeys() {
		return this.tables.stream()
			.flatMap((
					table) -> table.getUniqueKeys().values().stream().sorted(Comparator.comparing(Constraint::getName)))
			.toList();
	}

	Collection<ForeignKey> foreignKeys() {
		return this.tables.stream()
			.flatMap((table) -> table.getForeignKeyCollection()
				.stream()
				.filter(ForeignKey::isCreationEnabled)
				.sorted(Comparator.comparing(Constraint::getName)))
			.toList();
	}

	/**
	 * Returns the annotations of the entity and of its superclasses. An entity that lives
	 * in the table of its superclass has none of its own: what they ask for belongs to
	 * the table.
	 */
	<A extends Annotation> List<A> annotations(Class<A> type) {
		if (this.binding == null) {
			return List.of();
		}
		if (sharesTable(this.binding)) {
			refuseOwn(type, this.binding);
			return List.of();
		}
		return MergedAnnotations.from(this.binding.getMappedClass(), SearchStrategy.TYPE_HIERARCHY)
			.stream(type)
			.map(MergedAnnotation::synthesize)
			.toList();
	}

	/**
	 * Tells whether this is a subclass of another entity and keeps its rows in the table
	 * of that one.
	 */
	boolean livesIn(EntityObjects other) {
		return requireBinding().getTable() == other.ownTable()
				&& other.requireBinding().getSubclasses().contains(this.binding);
	}

	private static boolean sharesTable(PersistentClass binding) {
		PersistentClass parent = binding.getSuperclass();
		return parent != null && parent.getTable() == binding.getTable();
	}

	private void refuseOwn(Class<? extends Annotation> type, PersistentClass binding) {
		if (MergedAnnotations.from(binding.getMappedClass()).isPresent(type)) {
			throw new SchemaMappingException(this.name,
					"Entity '%s' has @%s, but lives in the table of '%s'; annotate that one instead"
						.formatted(this.name, type.getSimpleName(), binding.getRootClass().getEntityName()));
		}
	}

}
