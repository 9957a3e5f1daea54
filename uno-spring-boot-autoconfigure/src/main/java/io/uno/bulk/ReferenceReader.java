package io.uno.bulk;

import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of a foreign key: from the key that was looked up for the row, or from
 * the id of the referenced entity.
 */
final class ReferenceReader implements RowReader {

	private final MappedReference reference;

	private final ValuePath part;

	ReferenceReader(MappedReference reference, ValuePath part) {
		this.reference = reference;
		this.part = part;
	}

	@Override
	public @Nullable Object read(Row row) throws RowRefusedException {
		Resolution resolution = row.reference(this.reference.position());
		Object key = (resolution != null) ? resolution.id() : identifier(this.reference.path().read(row));
		return (key != null) ? this.part.get(key) : null;
	}

	private @Nullable Object identifier(@Nullable Object target) throws RowRefusedException {
		return (target != null) ? identifierOf(target) : null;
	}

	private Object identifierOf(Object target) throws RowRefusedException {
		EntityIdentifierMapping mapping = this.reference.target().getIdentifierMapping();
		Object identifier = mapping.getIdentifier(target);
		if (identifier == null || Boolean.TRUE.equals(mapping.getUnsavedStrategy().isUnsaved(identifier))) {
			throw new RowRefusedException(
					"it refers to a %s that has no id; save that first, or name '%s' in resolving()"
						.formatted(this.reference.target().getEntityName(), this.reference.attribute()));
		}
		return identifier;
	}

}
