package io.uno.bulk;

import java.util.List;

import org.hibernate.persister.entity.EntityPersister;

/**
 * The part of an entity's mapping that bulk needs: its one table and the columns that an
 * insert writes.
 *
 * @param persister Hibernate's own description of the entity
 * @param columns the columns that are written, in order
 * @param references the attributes that refer to other entities, by position
 */
record EntityMapping(EntityPersister persister, List<MappedColumn> columns, List<MappedReference> references) {

	String table() {
		return this.persister.getTableName();
	}

	String entityName() {
		return this.persister.getEntityName();
	}

	List<String> columnExpressions() {
		return this.columns.stream().map(MappedColumn::expression).toList();
	}

	TableColumn column(Table table, MappedColumn mapped) {
		return table.column(mapped.expression(), mapped.attribute(), entityName());
	}

}
