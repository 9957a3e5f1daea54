package io.uno.schema;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.uno.dialect.Identifiers;
import io.uno.error.SchemaMappingException;
import io.uno.model.DatabaseFunction;
import io.uno.model.DatabaseTrigger;
import io.uno.model.DatabaseTrigger.Event;
import io.uno.model.History;

/**
 * Renders triggers.
 *
 * @param entities all entities, whose functions may be called
 */
record TriggerEmitter(Collection<EntityObjects> entities) implements Emitter {

	@Override
	public ObjectType type() {
		return ObjectType.TRIGGER;
	}

	@Override
	public List<String> statements(EntityObjects entity) {
		List<DatabaseTrigger> triggers = entity.annotations(DatabaseTrigger.class);
		refuseSameNames(entity, triggers);
		return triggers.stream().map((trigger) -> create(entity, trigger)).toList();
	}

	private static void refuseSameNames(EntityObjects entity, List<DatabaseTrigger> triggers) {
		Set<String> names = new HashSet<>(
				entity.annotations(History.class).isEmpty() ? Set.of() : HistoryEmitter.TRIGGERS);
		for (DatabaseTrigger trigger : triggers) {
			if (!names.add(trigger.name())) {
				throw new SchemaMappingException(entity.name(),
						"Entity '%s' has two triggers called '%s', of which the second would replace the first; give one of them another name"
							.formatted(entity.name(), trigger.name()));
			}
		}
	}

	private String create(EntityObjects entity, DatabaseTrigger trigger) {
		return "create or replace trigger %s %s %s on %s for each %s execute function %s()".formatted(
				Identifiers.quote(trigger.name()), word(trigger.timing()), events(entity, trigger),
				entity.table().quoted(), word(trigger.forEach()), function(entity, trigger.function()));
	}

	private static String events(EntityObjects entity, DatabaseTrigger trigger) {
		if (trigger.events().length == 0) {
			throw new SchemaMappingException(entity.name(),
					"Trigger '%s' of entity '%s' has no event; name at least one of %s".formatted(trigger.name(),
							entity.name(), Arrays.toString(Event.values())));
		}
		return Arrays.stream(trigger.events())
			.sorted()
			.distinct()
			.map(TriggerEmitter::word)
			.collect(Collectors.joining(" or "));
	}

	/**
	 * An entity's function lives in the schema of its table; any other is searched by the
	 * server.
	 */
	private String function(EntityObjects entity, String name) {
		return Stream.concat(Stream.of(entity), this.entities.stream())
			.filter((owner) -> defines(owner, name))
			.findFirst()
			.map((owner) -> owner.table().qualify(name))
			.orElseGet(() -> Identifiers.quote(name));
	}

	private static boolean defines(EntityObjects entity, String name) {
		return entity.annotations(DatabaseFunction.class).stream().anyMatch((function) -> function.name().equals(name));
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
