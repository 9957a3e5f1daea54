package io.uno.event;

import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/**
 * The row of an entity has been inserted.
 *
 * <p>
 * Published in the transaction that inserts it, by the thread that flushes the session,
 * and only to listeners of its class:
 *
 * <pre class="code">
 * &#064;TransactionalEventListener
 * void on(EntityCreated&lt;City&gt; created) { ... }             // when the transaction has committed
 *
 * &#064;EventListener
 * void check(EntityCreated&lt;City&gt; created) { ... }          // at once; what it throws rolls back
 * </pre>
 *
 * <p>
 * A plain {@code @EventListener} runs in the middle of a flush and must not use the
 * session. A listener of the phase {@code BEFORE_COMMIT} misses what only the commit
 * itself flushes. Statements (HQL, SQL) and bulk operations publish nothing, since no
 * entity is in the session for them.
 *
 * @param <T> the class of the entity
 * @param entity the entity, with its id
 * @since 0.1.0
 */
public record EntityCreated<T>(T entity) implements ResolvableTypeProvider {

	@Override
	public ResolvableType getResolvableType() {
		return ResolvableType.forClassWithGenerics(EntityCreated.class, this.entity.getClass());
	}

}
