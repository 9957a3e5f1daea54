package io.uno.crud;

import java.util.List;
import java.util.Objects;

import io.uno.error.InvalidQueryException;
import io.uno.query.Filter;
import jakarta.persistence.metamodel.Attribute;
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
			filter = and(filter, (association != null) ? attribute + "." + idName(association) : attribute,
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

	private static String idName(EntityType<?> type) {
		return type.getSingularAttributes()
			.stream()
			.filter(SingularAttribute::isId)
			.findFirst()
			.map(Attribute::getName)
			.orElseThrow();
	}

	private static @Nullable Object idOf(Session session, Object entity) {
		return session.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(entity);
	}

}
