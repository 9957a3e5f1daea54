package io.uno.schema;

import java.util.List;

/**
 * Renders one kind of object as SQL.
 */
interface Emitter {

	/**
	 * Returns what is rendered.
	 */
	ObjectType type();

	/**
	 * Renders the objects of this kind that belong to an entity, in a stable order.
	 * @param entity the entity
	 * @return statements without semicolons at their ends
	 */
	List<String> statements(EntityObjects entity);

}
