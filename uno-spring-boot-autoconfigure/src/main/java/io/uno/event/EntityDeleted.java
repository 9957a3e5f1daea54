package io.uno.event;

import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/**
 * The row of an entity has been deleted. Published as {@link EntityCreated} is.
 *
 * @param <T> the class of the entity
 * @param entity the entity as it was last
 * @since 0.1.0
 */
public record EntityDeleted<T>(T entity) implements ResolvableTypeProvider {

	@Override
	public ResolvableType getResolvableType() {
		return ResolvableType.forClassWithGenerics(EntityDeleted.class, this.entity.getClass());
	}

}
