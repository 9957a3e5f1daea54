package io.uno.crud;

import java.util.List;
import java.util.Objects;

import io.uno.error.InvalidQueryException;
import io.uno.query.Filter;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.SingularAttribute;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Filters the row that has an entity's values of a unique key.
 *
 * @param <T> type of the entity
 */
final class KeyFilter<T> {

	private final EntityAccess<T> access;

	KeyFilter(EntityAccess<T> access) {
		this.access = access;
	}

	Filter<T> of(Session session, T entity, List<String> key) {
		Filter<T> filter = null;
		for (String attribute : key) {
			Object value = required(attribute, this.access.valueOf(entity, attribute));
			EntityType<?> association = association(attribute);
			filter = and(filter, (association != null) ? idPath(attribute, association) : attribute,
					(association != null) ? required(attribute, idOf(session, value)) : value);
		}
		return Objects.requireNonNull(filter);
	}

	private Filter<T> and(@Nullable Filter<T> filter, String path, Object value) {
		return ((filter != null) ? filter.and(path) : Filter.of(this.access.type()).where(path)).equalTo(value);
	}

	private Object required(String attribute, @Nullable Object value) {
		if (value == null) {
			throw new InvalidQueryException(
					"'%s' of %s is part of the unique key and has no value".formatted(attribute, this.access.name()),
					0);
		}
		return value;
	}

	private @Nullable EntityType<?> association(String name) {
		return this.access.metamodel()
			.getSingularAttributes()
			.stream()
			.filter((attribute) -> attribute.getName().equals(name) && attribute.isAssociation())
			.map(SingularAttribute::getType)
			.map((type) -> (EntityType<?>) type)
			.findFirst()
			.orElse(null);
	}

	private String idPath(String attribute, EntityType<?> association) {
		return IdAttribute.nameIn(association)
			.map((name) -> attribute + "." + name)
			.orElseThrow(() -> new InvalidQueryException(
					"'%s' of %s can't be part of the unique key: the primary key of %s is a %s and no single value"
						.formatted(attribute, this.access.name(), association.getName(), idTypeOf(association)),
					0));
	}

	private String idTypeOf(EntityType<?> type) {
		return this.access.persister()
			.getFactory()
			.getMappingMetamodel()
			.getEntityDescriptor(type.getJavaType())
			.getIdentifierType()
			.getReturnedClass()
			.getName();
	}

	private static @Nullable Object idOf(Session session, Object entity) {
		return session.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(entity);
	}

}
