package io.uno.query;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.uno.error.InvalidQueryException;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityAssociationMapping;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.ModelPartContainer;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;

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
	 * Add every part of the primary key to an order.
	 * @throws InvalidQueryException if a key is nullable or has no order
	 */
	Keyset resolve(List<SortKey> sort) {
		Set<AttributePath> identifier = identifier();
		Map<AttributePath, Keyset.Key> keys = new LinkedHashMap<>();
		for (SortKey key : sort) {
			keys.put(key.path(), resolve(key.path(), key.ascending()));
			if (!identifier.contains(key.path())) {
				requireNotNull(key.path());
			}
		}
		identifier.forEach((path) -> keys.computeIfAbsent(path, (missing) -> resolve(missing, true)));
		return new Keyset(List.copyOf(keys.values()));
	}

	private Keyset.Key resolve(AttributePath path, boolean ascending) {
		ResolvedPath resolved = path.resolve(this.type);
		Operator.GREATER_THAN.requireUsable(path, resolved);
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

	private Set<AttributePath> identifier() {
		Set<AttributePath> paths = new LinkedHashSet<>();
		addIdentifier("", this.mapping, paths);
		return paths;
	}

	private static void addIdentifier(String prefix, EntityMappingType entity, Set<AttributePath> paths) {
		EntityIdentifierMapping identifier = entity.getIdentifierMapping();
		if (identifier instanceof NonAggregatedIdentifierMapping parts) {
			addAttributes(prefix, parts, paths);
		}
		else {
			add(prefix + identifier.getAttributeName(), identifier, paths);
		}
	}

	private static void addAttributes(String prefix, EmbeddableValuedModelPart embedded, Set<AttributePath> paths) {
		embedded.getEmbeddableTypeDescriptor()
			.getAttributeMappings()
			.forEach((attribute) -> add(prefix + attribute.getAttributeName(), attribute, paths));
	}

	private static void add(String path, ModelPart part, Set<AttributePath> paths) {
		if (part instanceof EmbeddableValuedModelPart embedded) {
			addAttributes(path + ".", embedded, paths);
		}
		else if (part instanceof EntityAssociationMapping association) {
			addIdentifier(path + ".", association.getAssociatedEntityMappingType(), paths);
		}
		else {
			paths.add(AttributePath.of(path));
		}
	}

}
