package io.uno.crud;

import java.util.function.Function;

import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManagerFactory;

/**
 * Makes a {@link UnoDb} of any entity, where it can't be injected by its type.
 *
 * <pre class="code">
 * UnoDb&lt;City&gt; cities = databases.of(City.class);
 * </pre>
 *
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface UnoDbFactory {

	/**
	 * Create a factory.
	 * @param entityManagerFactory Hibernate's session factory
	 * @param sessions returns the template that works on the database of an entity
	 * @return the factory
	 */
	static UnoDbFactory create(EntityManagerFactory entityManagerFactory,
			Function<Class<?>, SessionTemplate> sessions) {
		return new DefaultUnoDbFactory(entityManagerFactory, sessions);
	}

	/**
	 * Return what creates, reads, updates and deletes entities of a type.
	 * @param <T> type of the entity
	 * @param type the entity
	 * @return its operations
	 * @throws io.uno.error.UnknownEntityException if the class is not an entity; names
	 * the entities
	 */
	<T> UnoDb<T> of(Class<T> type);

}
