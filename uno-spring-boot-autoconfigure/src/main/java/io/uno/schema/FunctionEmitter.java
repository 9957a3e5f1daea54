package io.uno.schema;

import java.util.List;

import io.uno.dialect.Identifiers;
import io.uno.dialect.Literals;
import io.uno.model.DatabaseFunction;

/**
 * Renders functions.
 */
record FunctionEmitter() implements Emitter {

	@Override
	public ObjectType type() {
		return ObjectType.FUNCTION;
	}

	@Override
	public List<String> statements(EntityObjects entity) {
		return entity.annotations(DatabaseFunction.class).stream().map((function) -> create(entity, function)).toList();
	}

	private static String create(EntityObjects entity, DatabaseFunction function) {
		return "create or replace function %s(%s) returns %s language %s as %s".formatted(
				entity.table().qualify(function.name()), function.arguments(), function.returns(),
				Identifiers.quote(function.language()), Literals.dollarQuote(function.body()));
	}

}
