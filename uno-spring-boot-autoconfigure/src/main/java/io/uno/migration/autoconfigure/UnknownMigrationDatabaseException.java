package io.uno.migration.autoconfigure;

import java.util.Collection;

/**
 * A bean that takes part in migrations is meant for a database that does not exist.
 */
class UnknownMigrationDatabaseException extends MigrationSetupException {

	private static final long serialVersionUID = 1L;

	UnknownMigrationDatabaseException(String beanName, Class<?> type, String qualifier, Collection<String> databases) {
		super("The %s bean '%s' has the qualifier '%s', and there is no database of that name. Known: %s."
			.formatted(type.getSimpleName(), beanName, qualifier, String.join(", ", databases)),
				("Correct the qualifier, or remove it for a bean that applies to every database. "
						+ "Databases are declared under uno.databases."));
	}

}
