package io.uno.migration.autoconfigure;

import java.util.List;

import io.uno.migration.autoconfigure.FlywayPropertySources.SetProperty;

/**
 * Migrations are configured, and Flyway is not there.
 */
class MissingFlywayException extends MigrationSetupException {

	private static final long serialVersionUID = 1L;

	MissingFlywayException(List<SetProperty> properties) {
		super("Flyway is not on the class path, and these properties configure it:%n%n%s"
			.formatted(SetProperty.list(properties)),
				"Add the dependencies org.springframework.boot:spring-boot-starter-flyway and, for PostgreSQL, "
						+ "org.flywaydb:flyway-database-postgresql, or remove the properties.");
	}

}
