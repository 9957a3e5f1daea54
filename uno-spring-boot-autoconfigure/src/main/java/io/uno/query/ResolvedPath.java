package io.uno.query;

import java.util.List;

import jakarta.persistence.criteria.From;
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
