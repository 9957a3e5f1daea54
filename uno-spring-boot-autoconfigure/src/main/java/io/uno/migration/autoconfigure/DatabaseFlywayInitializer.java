package io.uno.migration.autoconfigure;

import java.util.function.Supplier;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Migrates one database, and says which property names a location that is missing.
 */
class DatabaseFlywayInitializer extends FlywayMigrationInitializer {

	private final String database;

	private final Flyway flyway;

	private final Supplier<ConfigurationPropertyName> layerOfLocations;

	DatabaseFlywayInitializer(String database, Flyway flyway, @Nullable FlywayMigrationStrategy strategy,
			Supplier<ConfigurationPropertyName> layerOfLocations) {
		super(flyway, strategy);
		this.database = database;
		this.flyway = flyway;
		this.layerOfLocations = layerOfLocations;
	}

	@Override
	public void afterPropertiesSet() throws Exception {
		try {
			super.afterPropertiesSet();
		}
		catch (FlywayException ex) {
			if (isMissingLocation(ex)) {
				throw new MissingMigrationLocationException(this.database, this.layerOfLocations.get(), ex);
			}
			throw ex;
		}
	}

	/**
	 * Flyway has no error code for it.
	 */
	private boolean isMissingLocation(FlywayException ex) {
		String message = ex.getMessage();
		return this.flyway.getConfiguration().isFailOnMissingLocations() && message != null
				&& (message.startsWith("Unable to resolve location ")
						|| message.startsWith("Failed to find filesystem location"));
	}

}
