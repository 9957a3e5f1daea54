package io.uno.bulk;

import org.hibernate.generator.Generator;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Reads the id: the one drawn for the row, or the entity's own.
 */
final class IdentifierReader implements RowReader {

	private final ValuePath path;

	private IdentifierReader(ValuePath path) {
		this.path = path;
	}

	static RowReader of(EntityPersister persister, ValuePath path) {
		Generator generator = persister.getGenerator();
		return IdentifierPlan.isAssigned(generator) ? path : new IdentifierReader(path);
	}

	@Override
	public @Nullable Object read(Row row) {
		Object drawn = row.id();
		return (drawn != null) ? drawn : this.path.read(row);
	}

}
