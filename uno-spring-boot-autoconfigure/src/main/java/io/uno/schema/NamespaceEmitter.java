package io.uno.schema;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.hibernate.boot.model.naming.Identifier;

/**
 * Renders the schemas of tables and sequences. Hibernate's own command fails where the
 * schema is there.
 *
 * @param mapping Hibernate's mapping
 */
record NamespaceEmitter(HibernateMapping mapping) implements Emitter {

	@Override
	public ObjectType type() {
		return ObjectType.SCHEMA;
	}

	@Override
	public List<String> statements(EntityObjects entity) {
		Stream<Identifier> ofTables = entity.tables().stream().map((table) -> schema(table.getSchemaIdentifier()));
		Stream<Identifier> ofSequences = entity.sequences()
			.stream()
			.map((sequence) -> schema(sequence.getName().getSchemaName()));
		return Stream.concat(ofTables, ofSequences)
			.filter(Objects::nonNull)
			.map((schema) -> "create schema if not exists " + schema.render(this.mapping.dialect()))
			.distinct()
			.toList();
	}

	private Identifier schema(Identifier explicit) {
		return this.mapping.context().schemaWithDefault(explicit);
	}

}
