package io.uno.crud;

import java.util.Optional;

import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.SingularAttribute;
import jakarta.persistence.metamodel.Type.PersistenceType;

/**
 * The attribute that is the whole primary key of an entity and a single value, and so can
 * be filtered by.
 */
final class IdAttribute {

	private IdAttribute() {
	}

	/**
	 * Return its name; empty for an entity whose key has several parts.
	 */
	static Optional<String> nameIn(EntityType<?> type) {
		if (!type.hasSingleIdAttribute()) {
			return Optional.empty();
		}
		return type.getSingularAttributes()
			.stream()
			.filter((attribute) -> attribute.isId()
					&& attribute.getType().getPersistenceType() == PersistenceType.BASIC)
			.map(SingularAttribute::getName)
			.findFirst();
	}

}
