package io.uno.crud;

import java.util.List;
import java.util.Optional;

import io.uno.error.InvalidQueryException;
import io.uno.error.NoSuchEntityException;
import io.uno.query.EntityQuery;
import io.uno.query.Filter;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.Attribute;
import jakarta.persistence.metamodel.EntityType;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.util.ClassUtils;

/**
 * What is known of an entity, and how its rows are found by primary key.
 *
 * @param <T> type of the entity
 */
final class EntityAccess<T> {

	private final Class<T> type;

	private final EntityType<T> metamodel;

	private final EntityPersister persister;

	EntityAccess(EntityManagerFactory entityManagerFactory, Class<T> type) {
		this.type = type;
		this.metamodel = entityManagerFactory.getMetamodel().entity(type);
		this.persister = entityManagerFactory.unwrap(SessionFactoryImplementor.class)
			.getMappingMetamodel()
			.getEntityDescriptor(type);
	}

	Class<T> type() {
		return this.type;
	}

	String name() {
		return this.metamodel.getName();
	}

	EntityType<T> metamodel() {
		return this.metamodel;
	}

	EntityPersister persister() {
		return this.persister;
	}

	/**
	 * Finds by the filter what only converts to the primary key's type.
	 */
	Optional<T> find(Session session, Object id) {
		if (idType().isInstance(id)) {
			return Optional.ofNullable(session.find(this.type, id));
		}
		return EntityQuery.of(byId(idName().orElseThrow(() -> noKey(id)), id)).optional(session);
	}

	T get(Session session, Object id) {
		return find(session, id).orElseThrow(() -> noneOf(id));
	}

	private NoSuchEntityException noneOf(Object id) {
		String criterion = idName().map((name) -> byId(name, id).toString()).orElse("key " + id);
		return new NoSuchEntityException(name(), criterion);
	}

	private InvalidQueryException noKey(Object id) {
		return new InvalidQueryException("The primary key of %s is a %s, and %s (%s) is none".formatted(name(),
				idType().getName(), id, id.getClass().getName()), 0);
	}

	private Filter<T> byId(String name, Object id) {
		return Filter.of(this.type).where(name).equalTo(id);
	}

	private Class<?> idType() {
		return ClassUtils.resolvePrimitiveIfNecessary(this.persister.getIdentifierType().getReturnedClass());
	}

	private Optional<String> idName() {
		return IdAttribute.nameIn(this.metamodel);
	}

	/**
	 * Find the row of an entity that has been read or created before.
	 */
	T getRowOf(Session session, T entity) {
		Object id = this.persister.getIdentifier(entity);
		if (id == null) {
			throw isNew("no primary key");
		}
		if (this.persister.isVersioned() && this.persister.getVersion(entity) == null) {
			throw isNew("no version");
		}
		return get(session, id);
	}

	private InvalidDataAccessApiUsageException isNew(String missing) {
		return new InvalidDataAccessApiUsageException(
				"%s has %s: it was neither read nor created before; call create or getOrCreate".formatted(name(),
						missing));
	}

	/**
	 * Return the value of an attribute of the entity itself.
	 * @throws InvalidQueryException if it has no attribute of this name
	 */
	@Nullable Object valueOf(T entity, String attribute) {
		List<String> names = this.metamodel.getSingularAttributes().stream().map(Attribute::getName).sorted().toList();
		if (!names.contains(attribute)) {
			throw new InvalidQueryException("%s has no attribute '%s' that could be part of a unique key; it has %s"
				.formatted(name(), attribute, String.join(", ", names)), 0);
		}
		boolean isKey = this.metamodel.hasSingleIdAttribute() && this.metamodel.getSingularAttribute(attribute).isId();
		return isKey ? this.persister.getIdentifier(entity) : this.persister.getPropertyValue(entity, attribute);
	}

}
