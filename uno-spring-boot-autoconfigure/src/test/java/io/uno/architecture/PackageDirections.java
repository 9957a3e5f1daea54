package io.uno.architecture;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Which feature may use which, transitively. Wiring (below {@code autoconfigure}) may use
 * every feature; that nothing uses wiring is a rule of its own.
 */
final class PackageDirections extends ArchCondition<JavaClass> {

	private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(Map.entry("dialect", Set.of()),
			Map.entry("error", Set.of("dialect")), Map.entry("type", Set.of("error")),
			Map.entry("model", Set.of("type")), Map.entry("embedded", Set.of()),
			Map.entry("datasource", Set.of("error")), Map.entry("routing", Set.of("datasource")),
			Map.entry("session", Set.of("routing")), Map.entry("event", Set.of("session")),
			Map.entry("query", Set.of("type")), Map.entry("bulk", Set.of("event", "query")),
			Map.entry("crud", Set.of("bulk", "model")), Map.entry("schema", Set.of("model")),
			Map.entry("history", Set.of("session", "schema", "query")),
			Map.entry("migration", Set.of("session", "schema")), Map.entry("web", Set.of("crud")));

	private final Features features;

	PackageDirections(String root) {
		super("only use the features that theirs may use");
		this.features = new Features(root);
	}

	@Override
	public void check(JavaClass type, ConditionEvents events) {
		String feature = this.features.of(type);
		if (!MAY_USE.containsKey(feature)) {
			events.add(SimpleConditionEvent.violated(type,
					"<%s> lives in '%s', of which nobody has said what it may use; known are %s"
						.formatted(type.getName(), feature, MAY_USE.keySet().stream().sorted().toList())));
		}
		else if (!this.features.isWiring(type)) {
			type.getDirectDependenciesFromSelf().forEach((dependency) -> check(feature, dependency, events));
		}
	}

	private void check(String feature, Dependency dependency, ConditionEvents events) {
		JavaClass target = dependency.getTargetClass();
		if (!target.isArray() && this.features.contain(target)
				&& !reachableFrom(feature).contains(this.features.of(target))) {
			events.add(SimpleConditionEvent.violated(dependency, "'%s' must not use '%s': %s".formatted(feature,
					this.features.of(target), dependency.getDescription())));
		}
	}

	private static Set<String> reachableFrom(String feature) {
		Set<String> reachable = new HashSet<>(Set.of(feature));
		MAY_USE.getOrDefault(feature, Set.of()).forEach((used) -> reachable.addAll(reachableFrom(used)));
		return reachable;
	}

}
