package io.uno.migration.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.uno.migration.autoconfigure.FlywayPropertySources.SetProperty;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.core.ResolvableType;

/**
 * The names of Spring Boot's Flyway properties.
 */
final class FlywayPropertyNames {

	private final List<KnownName> names = new ArrayList<>();

	FlywayPropertyNames() {
		collect(FlywayProperties.class, ConfigurationPropertyName.EMPTY);
		this.names.sort(Comparator.comparing(KnownName::name));
	}

	private void collect(Class<?> type, ConfigurationPropertyName prefix) {
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			if (!property.getName().equals("class")) {
				collect(property, prefix.append(DataObjectPropertyName.toDashedForm(property.getName())));
			}
		}
	}

	private void collect(PropertyDescriptor property, ConfigurationPropertyName name) {
		Class<?> type = property.getPropertyType();
		if (type.getEnclosingClass() == FlywayProperties.class) {
			this.names.add(new KnownName(name, Shape.NESTED));
			collect(type, name);
		}
		else {
			this.names.add(new KnownName(name, Shape.of(type)));
		}
	}

	/**
	 * Whether Spring Boot knows what is set, apart from the given prefix.
	 */
	boolean isKnown(SetProperty property, ConfigurationPropertyName prefix) {
		ConfigurationPropertyName name = property.name().subName(prefix.getNumberOfElements());
		return this.names.stream().anyMatch((known) -> known.matches(name, property.environmentVariable()));
	}

	/**
	 * All names, those first that take the fewest changes to get to from the given one.
	 */
	List<String> nearestFirst(ConfigurationPropertyName name) {
		String wanted = uniform(name);
		return this.names.stream()
			.filter((known) -> known.shape() != Shape.NESTED)
			.map(KnownName::name)
			.sorted(Comparator.comparingInt((known) -> distance(wanted, uniform(known))))
			.map(ConfigurationPropertyName::toString)
			.toList();
	}

	private static String uniform(ConfigurationPropertyName name) {
		StringBuilder uniform = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			uniform.append(name.getElement(i, Form.UNIFORM));
		}
		return uniform.toString();
	}

	/**
	 * Levenshtein's distance.
	 */
	private static int distance(String from, String to) {
		int[] previous = IntStream.rangeClosed(0, to.length()).toArray();
		for (int i = 1; i <= from.length(); i++) {
			int[] current = new int[to.length() + 1];
			current[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int substitution = previous[j - 1] + ((from.charAt(i - 1) != to.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

	private enum Shape {

		VALUE, LIST, MAP, NESTED;

		static Shape of(Class<?> type) {
			if (Map.class.isAssignableFrom(type)) {
				return MAP;
			}
			boolean list = Collection.class.isAssignableFrom(type) || ResolvableType.forClass(type).isArray();
			return list ? LIST : VALUE;
		}

		/**
		 * Whether the elements of a name after the given index may follow a property of
		 * this shape.
		 */
		boolean allows(ConfigurationPropertyName name, int index) {
			int further = name.getNumberOfElements() - index;
			return further == 0 || this == MAP || (this == LIST && further == 1 && name.isNumericIndex(index));
		}

	}

	private record KnownName(ConfigurationPropertyName name, Shape shape) {

		boolean matches(ConfigurationPropertyName candidate, boolean environmentVariable) {
			return IntStream.rangeClosed(1, candidate.getNumberOfElements())
				.filter((length) -> this.shape.allows(candidate, length))
				.mapToObj(candidate::chop)
				.anyMatch((path) -> environmentVariable ? uniform(path).equals(uniform(this.name))
						: path.equals(this.name));
		}

	}

}
