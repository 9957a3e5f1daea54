package io.uno.migration.autoconfigure;

import org.flywaydb.core.api.FlywayException;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A location of migrations does not exist.
 */
class MissingMigrationLocationException extends MigrationSetupException {

	private static final long serialVersionUID = 1L;

	MissingMigrationLocationException(String database, ConfigurationPropertyName property, FlywayException cause) {
		super("Migrations of database '%s' were not found: %s".formatted(database, cause.getMessage()),
				"Create the location, name another one in %s, or set %s to false."
					.formatted(property.append("locations"), property.append("fail-on-missing-locations")),
				cause);
	}

}
