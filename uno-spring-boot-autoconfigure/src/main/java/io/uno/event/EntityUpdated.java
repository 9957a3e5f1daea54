package io.uno.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/**
 * The row of an entity has been updated. Published as {@link EntityCreated} is.
 *
 * <pre class="code">
 * &#064;TransactionalEventListener
 * void on(EntityUpdated&lt;City&gt; updated) {
 * 	AttributeChange name = updated.changes().get("name");    // null if it is the same as before
 * 	...
 * }
 * </pre>
 *
 * @param <T> the class of the entity
 * @param entity the entity as it is now
 * @param changes what has changed, by the names of the entity's attributes in the order
 * of the mapping, with what Hibernate itself sets (the version, times of modification)
 * and without collections. Empty where the values before are not known: for an update by
 * a stateless session
 * @since 0.1.0
 */
public record EntityUpdated<T>(T entity, Map<String, AttributeChange> changes) implements ResolvableTypeProvider {

	/**
	 * Create the event.
	 * @param entity the entity as it is now
	 * @param changes what has changed
	 */
	public EntityUpdated {
		changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
	}

	@Override
	public ResolvableType getResolvableType() {
		return ResolvableType.forClassWithGenerics(EntityUpdated.class, this.entity.getClass());
	}

}
