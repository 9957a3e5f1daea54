package io.uno.datasource.autoconfigure;

import java.beans.PropertyDescriptor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import io.uno.datasource.autoconfigure.DatabasesProperties.DatabaseProperties;
import io.uno.datasource.autoconfigure.DatabasesProperties.ReplicaProperties;
import io.uno.datasource.autoconfigure.DeclaredProperties.DeclaredProperty;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;

/**
 * Refuses misspelt properties, which Boot's binding would pass over in silence, also
 * those of environment variables.
 */
final class PropertyNamesCheck {

	/**
	 * Features that bind, and check, their properties themselves.
	 */
	private static final Set<String> FEATURES = Set.of("bulk", "embedded", "reads");

	private static final Set<String> ROOTS = union(names(DatabasesProperties.class), FEATURES);

	private static final Set<String> DATABASE = names(DatabaseProperties.class);

	private static final Set<String> REPLICA = names(ReplicaProperties.class);

	private static final Set<String> HIKARI = Arrays.stream(BeanUtils.getPropertyDescriptors(HikariConfig.class))
		.filter((property) -> property.getWriteMethod() != null)
		.map(PropertyDescriptor::getName)
		.map(DataObjectPropertyName::toDashedForm)
		.collect(Collectors.toCollection(TreeSet::new));

	private static final Set<String> HIKARI_MAPS = Set.of("data-source-properties", "health-check-properties");

	private final DeclaredProperties declared;

	PropertyNamesCheck(Environment environment) {
		this.declared = new DeclaredProperties(environment);
	}

	void check() {
		this.declared.below("uno").forEach(this::check);
	}

	private void check(DeclaredProperty property) {
		List<String> elements = elements(property.name());
		String root = elements.get(1);
		if (matches(root, "databases") && elements.size() > 3) {
			checkDatabase(property, elements.subList(3, elements.size()));
		}
		else if (matches(root, "replicas") && elements.size() > 3) {
			checkReplica(property, elements.subList(3, elements.size()));
		}
		else if (matches(root, "hikari") && elements.size() > 2) {
			checkHikari(property, elements.subList(2, elements.size()));
		}
		else {
			require(property, elements.subList(1, elements.size()), ROOTS);
		}
	}

	private void checkDatabase(DeclaredProperty property, List<String> elements) {
		if (matches(elements.get(0), "replicas") && elements.size() > 2) {
			checkReplica(property, elements.subList(2, elements.size()));
		}
		else if (matches(elements.get(0), "hikari") && elements.size() > 1) {
			checkHikari(property, elements.subList(1, elements.size()));
		}
		else {
			require(property, elements, DATABASE);
		}
	}

	private void checkReplica(DeclaredProperty property, List<String> elements) {
		if (matches(elements.get(0), "hikari") && elements.size() > 1) {
			checkHikari(property, elements.subList(1, elements.size()));
		}
		else {
			require(property, elements, REPLICA);
		}
	}

	private void checkHikari(DeclaredProperty property, List<String> elements) {
		if (HIKARI_MAPS.stream().noneMatch((map) -> matches(elements.get(0), map))) {
			require(property, elements, HIKARI);
		}
	}

	/**
	 * The name of an environment variable breaks at every underscore, so that all that is
	 * left of it is one name.
	 */
	private static void require(DeclaredProperty property, List<String> elements, Set<String> known) {
		String name = elements.get(0);
		boolean found = known.stream().anyMatch((candidate) -> matches(name, candidate));
		if (!found && property.environmentVariable()) {
			String squashed = String.join("", elements);
			found = known.stream().anyMatch((candidate) -> squashed.startsWith(squash(candidate)));
		}
		if (!found) {
			throw new InvalidDatabasesException(property.toString(), property.origin(), "is not known",
					"Use one of those that are known in its place: %s.".formatted(nearestFirst(name, known)));
		}
	}

	private static String nearestFirst(String name, Set<String> known) {
		return known.stream()
			.sorted(Comparator.<String>comparingInt((candidate) -> distance(name, squash(candidate)))
				.thenComparing(Comparator.naturalOrder()))
			.collect(Collectors.joining(", "));
	}

	/**
	 * Levenshtein's distance, by Wagner and Fischer's algorithm with two rows.
	 */
	private static int distance(String left, String right) {
		int[] previous = new int[right.length() + 1];
		Arrays.setAll(previous, (column) -> column);
		for (int row = 1; row <= left.length(); row++) {
			int[] current = new int[right.length() + 1];
			current[0] = row;
			for (int column = 1; column <= right.length(); column++) {
				int replaced = previous[column - 1] + ((left.charAt(row - 1) == right.charAt(column - 1)) ? 0 : 1);
				current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
			}
			previous = current;
		}
		return previous[right.length()];
	}

	private static List<String> elements(ConfigurationPropertyName name) {
		return Stream.iterate(0, (index) -> index + 1)
			.limit(name.getNumberOfElements())
			.map((index) -> name.getElement(index, Form.UNIFORM))
			.toList();
	}

	private static boolean matches(String uniform, String dashed) {
		return uniform.equals(squash(dashed));
	}

	private static String squash(String dashed) {
		return dashed.replace("-", "").toLowerCase(Locale.ROOT);
	}

	private static Set<String> names(Class<? extends Record> type) {
		return Arrays.stream(type.getRecordComponents())
			.map(RecordComponent::getName)
			.map(DataObjectPropertyName::toDashedForm)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> union(Set<String> first, Set<String> second) {
		return Stream.concat(first.stream(), second.stream()).collect(Collectors.toCollection(TreeSet::new));
	}

}
