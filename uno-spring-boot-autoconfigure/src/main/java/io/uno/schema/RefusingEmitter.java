package io.uno.schema;

import java.lang.annotation.Annotation;
import java.util.List;

import io.uno.error.SchemaMappingException;

/**
 * Refuses objects that only PostgreSQL has in the form that an annotation means.
 *
 * @param type the kind of object
 * @param annotation what asks for it
 * @param vendor the vendor that does not have it
 */
record RefusingEmitter(ObjectType type, Class<? extends Annotation> annotation, String vendor) implements Emitter {

	@Override
	public List<String> statements(EntityObjects entity) {
		if (!entity.annotations(this.annotation).isEmpty()) {
			throw new SchemaMappingException(entity.name(),
					"Entity '%s' asks for %s by @%s, which is rendered for PostgreSQL only and not for %s; emit other types, or remove the annotation"
						.formatted(entity.name(), this.type, this.annotation.getSimpleName(), this.vendor));
		}
		return List.of();
	}

}
