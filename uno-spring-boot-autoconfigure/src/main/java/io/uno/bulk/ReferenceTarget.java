package io.uno.bulk;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.hibernate.metamodel.mapping.BasicEntityIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * An entity that others refer to, and the keys by which it can be found.
 *
 * @param persister Hibernate's description of it
 * @param identifier its id
 * @param keys its unique keys, the natural id first
 */
record ReferenceTarget(EntityPersister persister, BasicEntityIdentifierMapping identifier, List<UniqueKey> keys) {

	String name() {
		String entityName = this.persister.getEntityName();
		return entityName.substring(Math.max(entityName.lastIndexOf('.'), entityName.lastIndexOf('$')) + 1);
	}

	/**
	 * Return the id that a referenced entity already has.
	 * @param entity the referenced entity
	 * @return whether its id can be used as it is
	 */
	boolean isIdentified(Object entity) {
		Object id = this.identifier.getIdentifier(entity);
		return id != null && !Boolean.TRUE.equals(this.identifier.getUnsavedStrategy().isUnsaved(id));
	}

	/**
	 * Describe an entity by the first of its unique keys that is complete.
	 * @param entity the referenced entity
	 * @return the key, such as {@code country.code=CH, code=99}
	 */
	String describe(Object entity) {
		return this.keys.stream()
			.filter((key) -> key.parts().stream().allMatch((part) -> part.path().get(entity) != null))
			.findFirst()
			.map((key) -> key.parts().stream().map((part) -> describe(part, entity)).collect(Collectors.joining(", ")))
			.orElse("");
	}

	private static String describe(KeyPart part, Object entity) {
		Object value = part.path().get(entity);
		ReferenceTarget reference = part.reference();
		if (reference == null || value == null) {
			return part.attribute() + "=" + value;
		}
		if (reference.isIdentified(value)) {
			return part.attribute() + "." + reference.identifier().getAttributeName() + "="
					+ reference.identifier().getIdentifier(value);
		}
		return Arrays.stream(reference.describe(value).split(", "))
			.map((nested) -> part.attribute() + "." + nested)
			.collect(Collectors.joining(", "));
	}

}
