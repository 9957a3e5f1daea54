package io.uno.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.uno.error.SchemaMappingException;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;

import org.springframework.util.function.SingletonSupplier;

/**
 * All entities, read when they are first asked for.
 */
final class MappedEntities {

	private final SingletonSupplier<Content> content;

	MappedEntities(EntityManagerFactory entityManagerFactory) {
		this.content = SingletonSupplier.of(() -> read(entityManagerFactory.unwrap(SessionFactoryImplementor.class)));
	}

	private static Content read(SessionFactoryImplementor sessionFactory) {
		HibernateMapping mapping = HibernateMapping.of(sessionFactory);
		EntityObjectsReader reader = new EntityObjectsReader(sessionFactory, mapping);
		Map<Class<?>, EntityObjects> entities = reader.read();
		return new Content(entities, reader.readOthers(entities.values()), Emitters.of(mapping, entities.values()));
	}

	Emitters emitters() {
		return this.content.obtain().emitters();
	}

	/**
	 * Returns an entity.
	 * @param type the class of the entity
	 */
	EntityObjects get(Class<?> type) {
		Map<Class<?>, EntityObjects> entities = this.content.obtain().entities();
		EntityObjects entity = entities.get(type);
		if (entity == null) {
			throw new SchemaMappingException(type.getName(), "Class '%s' is not an entity; known are %s"
				.formatted(type.getName(), entities.values().stream().map(EntityObjects::name).toList()));
		}
		return entity;
	}

	/**
	 * Returns the entities of one database.
	 * @param owned which belong to it
	 * @param others whether what belongs to no entity is wanted too
	 */
	Collection<EntityObjects> all(Predicate<Class<?>> owned, boolean others) {
		List<EntityObjects> all = new ArrayList<>();
		Content content = this.content.obtain();
		if (others) {
			all.add(content.others());
		}
		content.entities().forEach((type, entity) -> {
			if (owned.test(type)) {
				all.add(entity);
			}
		});
		return all;
	}

	/**
	 * What has been read.
	 *
	 * @param entities the entities
	 * @param others what belongs to none of them
	 * @param emitters renders both
	 */
	private record Content(Map<Class<?>, EntityObjects> entities, EntityObjects others, Emitters emitters) {

	}

}
