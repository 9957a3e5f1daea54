package io.uno.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.uno.model.DatabaseFunction;
import io.uno.model.DatabaseTrigger;
import io.uno.model.Grant;
import io.uno.model.History;
import io.uno.model.RowLevelSecurity;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.PostgreSQLDialect;

/**
 * Renders objects in an order that a server accepts: kind by kind, since a foreign key
 * needs all tables and a trigger its function.
 */
final class Emitters {

	private final List<Emitter> emitters;

	private Emitters(List<Emitter> emitters) {
		this.emitters = List.copyOf(emitters);
	}

	static Emitters of(HibernateMapping mapping, Collection<EntityObjects> entities) {
		List<Emitter> emitters = new ArrayList<>(mapping.emitters());
		emitters.addAll(isPostgres(mapping.dialect()) ? annotated(entities) : refused(mapping.dialect()));
		return new Emitters(emitters);
	}

	private static boolean isPostgres(Dialect dialect) {
		return dialect instanceof PostgreSQLDialect;
	}

	private static List<Emitter> annotated(Collection<EntityObjects> entities) {
		return List.of(new FunctionEmitter(), new HistoryEmitter(), new TriggerEmitter(entities), new GrantEmitter(),
				new PolicyEmitter(entities));
	}

	private static List<Emitter> refused(Dialect dialect) {
		String vendor = dialect.getClass().getSimpleName().replace("Dialect", "");
		return List.of(new RefusingEmitter(ObjectType.FUNCTION, DatabaseFunction.class, vendor),
				new RefusingEmitter(ObjectType.HISTORY, History.class, vendor),
				new RefusingEmitter(ObjectType.TRIGGER, DatabaseTrigger.class, vendor),
				new RefusingEmitter(ObjectType.GRANT, Grant.class, vendor),
				new RefusingEmitter(ObjectType.POLICY, RowLevelSecurity.class, vendor));
	}

	/**
	 * Renders every object of the entities.
	 */
	List<String> statements(Collection<EntityObjects> entities) {
		return statements(entities, ObjectType.values());
	}

	/**
	 * Renders objects of some kinds. What several entities have in common, such as a
	 * table, is rendered once.
	 */
	List<String> statements(Collection<EntityObjects> entities, ObjectType... types) {
		Set<ObjectType> wanted = Set.copyOf(Arrays.asList(types));
		return this.emitters.stream()
			.filter((emitter) -> wanted.contains(emitter.type()))
			.flatMap((emitter) -> entities.stream().flatMap((entity) -> emitter.statements(entity).stream()))
			.distinct()
			.toList();
	}

	/**
	 * Joins statements to a script.
	 */
	static String script(List<String> statements) {
		return statements.stream().map((statement) -> statement + ";\n").collect(Collectors.joining());
	}

}
