package io.uno.schema;

import java.util.List;

/**
 * The schema over Hibernate's mapping.
 */
final class DefaultSchema implements Schema {

	private final MappedEntities entities;

	private final SchemaTransaction transaction;

	private final EntityDatabases databases;

	private final String database;

	DefaultSchema(MappedEntities entities, SchemaTransaction transaction, EntityDatabases databases, String database) {
		this.entities = entities;
		this.transaction = transaction;
		this.databases = databases;
		this.database = database;
	}

	@Override
	public EntitySchema of(Class<?> entity) {
		String owner = this.databases.ownerOf(entity);
		return new DefaultEntitySchema(this.entities.get(entity), this.entities.emitters(),
				(statements) -> this.transaction.execute(() -> this.databases.claim(owner), statements));
	}

	@Override
	public Schema on(String database) {
		return new DefaultSchema(this.entities, this.transaction, this.databases, this.databases.require(database));
	}

	@Override
	public String emit() {
		return Emitters.script(statements());
	}

	@Override
	public List<String> statements() {
		return this.entities.emitters()
			.statements(this.entities.all(this::owns, this.database.equals(this.databases.getDefault())));
	}

	private boolean owns(Class<?> entity) {
		return this.databases.ownerOf(entity).equals(this.database);
	}

	@Override
	public void apply() {
		this.transaction.execute(() -> this.databases.claim(this.database), statements());
	}

}
