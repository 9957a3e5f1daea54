package io.uno.migration.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import io.uno.migration.autoconfigure.FlywayPropertySources.SetProperty;

/**
 * Properties that Spring Boot's Flyway properties do not have.
 */
class UnknownFlywayPropertyException extends MigrationSetupException {

	private static final long serialVersionUID = 1L;

	UnknownFlywayPropertyException(List<UnknownProperty> properties) {
		super("There are no such properties of Flyway:%n%n%s".formatted(list(properties)),
				"Correct or remove them. The names are those that Spring Boot has below spring.flyway.");
	}

	private static String list(List<UnknownProperty> properties) {
		return properties.stream().map(UnknownProperty::toString).collect(Collectors.joining("%n".formatted()));
	}

	/**
	 * A property that does not exist.
	 *
	 * @param property what is set
	 * @param nearestFirst the names that exist
	 */
	record UnknownProperty(SetProperty property, List<String> nearestFirst) {

		@Override
		public String toString() {
			return "    %s%n        Known, nearest first: %s".formatted(this.property,
					String.join(", ", this.nearestFirst));
		}

	}

}
