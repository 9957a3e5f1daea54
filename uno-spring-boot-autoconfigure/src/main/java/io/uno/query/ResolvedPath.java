package io.uno.query;

import java.util.List;

import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Join;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.metamodel.SingularAttribute;
import org.hibernate.metamodel.model.domain.PersistentAttribute;
import org.hibernate.type.descriptor.java.JavaType;

import org.springframework.util.ClassUtils;

/**
 * The attributes that a path names.
 *
 * @param attributes the attributes, step by step; the last one holds a single value
 */
record ResolvedPath(List<SingularAttribute<?, ?>> attributes) {

	Path<?> in(From<?, ?> from) {
		Path<?> path = from;
		for (SingularAttribute<?, ?> attribute : this.attributes) {
			path = path.get(attribute.getName());
		}
		return path;
	}

	/**
	 * The same value, or null for a row that lacks an association on the way, which
	 * {@link #in(From)} would leave out of the query.
	 */
	Path<?> orNullIn(From<?, ?> from) {
		List<SingularAttribute<?, ?>> way = this.attributes.subList(0, this.attributes.size() - 1);
		if (way.stream().noneMatch((attribute) -> attribute.isAssociation() && attribute.isOptional())) {
			return in(from);
		}
		From<?, ?> joined = from;
		for (SingularAttribute<?, ?> attribute : way) {
			joined = leftJoined(joined, attribute.getName());
		}
		return joined.get(last().getName());
	}

	private static From<?, ?> leftJoined(From<?, ?> from, String attribute) {
		for (Join<?, ?> join : from.getJoins()) {
			if (join.getJoinType() == JoinType.LEFT && join.getAttribute().getName().equals(attribute)) {
				return join;
			}
		}
		return from.join(attribute, JoinType.LEFT);
	}

	/**
	 * The class of the values; never a primitive one.
	 */
	Class<?> javaType() {
		return ClassUtils.resolvePrimitiveIfNecessary(hibernateType().getJavaTypeClass());
	}

	JavaType<?> hibernateType() {
		return ((PersistentAttribute<?, ?>) last()).getAttributeJavaType();
	}

	private SingularAttribute<?, ?> last() {
		return this.attributes.get(this.attributes.size() - 1);
	}

}
