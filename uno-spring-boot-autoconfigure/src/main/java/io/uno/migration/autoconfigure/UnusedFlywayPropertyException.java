package io.uno.migration.autoconfigure;

import java.util.List;

import io.uno.migration.autoconfigure.FlywayPropertySources.SetProperty;

/**
 * Properties for the Flyway of each declared database, and no database is declared.
 */
class UnusedFlywayPropertyException extends MigrationSetupException {

	private static final long serialVersionUID = 1L;

	UnusedFlywayPropertyException(List<SetProperty> properties) {
		super("No database is declared under uno.databases, and these properties apply to such databases only:%n%n%s"
			.formatted(SetProperty.list(properties)),
				"Set them below spring.flyway, which configures the migrations of Spring Boot's own data source.");
	}

}
