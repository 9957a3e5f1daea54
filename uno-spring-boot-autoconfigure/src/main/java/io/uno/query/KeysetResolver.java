package io.uno.query;

import java.util.ArrayList;
import java.util.List;

import io.uno.error.InvalidQueryException;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.SingularAttribute;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.ModelPartContainer;

/**
 * Finds the attributes that make a keyset of an entity.
 */
final class KeysetResolver {

	private final EntityType<?> type;

	private final EntityMappingType mapping;

	KeysetResolver(EntityManagerFactory entityManagerFactory, Class<?> type) {
		this.type = entityManagerFactory.getMetamodel().entity(type);
		this.mapping = entityManagerFactory.unwrap(SessionFactoryImplementor.class)
			.getMappingMetamodel()
			.getEntityDescriptor(type);
	}

	/**
	 * Add the primary key to an order.
	 * @throws InvalidQueryException if a key is nullable or has no order
	 */
	Keyset resolve(List<SortKey> sort) {
		AttributePath id = AttributePath.of(identifier().getName());
		List<Keyset.Key> keys = new ArrayList<>();
		sort.forEach((key) -> keys.add(resolve(key.path(), key.ascending())));
		if (sort.stream().noneMatch((key) -> key.path().equals(id))) {
			keys.add(resolve(id, true));
		}
		return new Keyset(keys);
	}

	private Keyset.Key resolve(AttributePath path, boolean ascending) {
		ResolvedPath resolved = path.resolve(this.type);
		Operator.GREATER_THAN.requireUsable(path, resolved);
		requireNotNull(path);
		return new Keyset.Key(path, resolved, ascending);
	}

	private void requireNotNull(AttributePath path) {
		ModelPartContainer container = this.mapping;
		for (String step : path.steps()) {
			ModelPart part = (container != null) ? container.findSubPart(step, null) : null;
			if (part instanceof AttributeMapping attribute && attribute.getAttributeMetadata().isNullable()) {
				throw path.origin()
					.refuse("A window can't be sorted by '%s': '%s' may be null, and a null has no place after or "
						.formatted(path, step)
							+ "before another row; sort by an attribute that is mapped as not null (nullable = false)");
			}
			container = (part instanceof ModelPartContainer next) ? next : null;
		}
	}

	private SingularAttribute<?, ?> identifier() {
		List<SingularAttribute<?, ?>> identifiers = new ArrayList<>();
		this.type.getSingularAttributes()
			.stream()
			.filter(SingularAttribute::isId)
			.forEach((attribute) -> identifiers.add((SingularAttribute<?, ?>) attribute));
		if (identifiers.size() != 1) {
			throw new InvalidQueryException("A window needs a primary key of one attribute, %s has %d"
				.formatted(this.type.getName(), identifiers.size()), 0);
		}
		return identifiers.get(0);
	}

}
