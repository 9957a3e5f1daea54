package io.uno.migration.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.uno.datasource.autoconfigure.NearestNames;
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
		List<String> known = this.names.stream()
			.filter((candidate) -> candidate.shape() != Shape.NESTED)
			.map((candidate) -> candidate.name().toString())
			.toList();
		return NearestNames.sort(name.toString(), known);
	}

	private static String uniform(ConfigurationPropertyName name) {
		StringBuilder uniform = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			uniform.append(name.getElement(i, Form.UNIFORM));
		}
		return uniform.toString();
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
