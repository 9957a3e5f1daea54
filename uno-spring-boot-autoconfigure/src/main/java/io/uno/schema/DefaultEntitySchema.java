package io.uno.schema;

import java.util.List;
import java.util.function.Consumer;

/**
 * The schema of one entity.
 *
 * @param entity the entity
 * @param emitters renders its objects
 * @param executor executes statements on its database
 */
record DefaultEntitySchema(EntityObjects entity, Emitters emitters,
		Consumer<List<String>> executor) implements EntitySchema {

	@Override
	public String emit(ObjectType... types) {
		return Emitters.script(this.emitters.statements(List.of(this.entity), types));
	}

	@Override
	public String emit() {
		return Emitters.script(statements());
	}

	@Override
	public List<String> statements() {
		return this.emitters.statements(List.of(this.entity));
	}

	@Override
	public void apply() {
		this.executor.accept(statements());
	}

}
