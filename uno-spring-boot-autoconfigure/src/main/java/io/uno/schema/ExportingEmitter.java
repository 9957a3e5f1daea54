package io.uno.schema;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Renders what Hibernate has an exporter for.
 *
 * @param <T> type of the objects
 * @param type what is rendered
 * @param exporter Hibernate's exporter
 * @param objects the objects of an entity
 */
record ExportingEmitter<T>(ObjectType type, Function<T, List<String>> exporter,
		Function<EntityObjects, ? extends Collection<? extends T>> objects) implements Emitter {

	@Override
	public List<String> statements(EntityObjects entity) {
		return this.objects.apply(entity).stream().flatMap((object) -> this.exporter.apply(object).stream()).toList();
	}

}
