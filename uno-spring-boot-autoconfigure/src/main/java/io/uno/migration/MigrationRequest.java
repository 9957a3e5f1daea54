package io.uno.migration;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

import org.flywaydb.core.api.configuration.Configuration;

/**
 * What a migration is generated from. Immutable.
 *
 * @param database name of the database
 * @param name name of the migration: letters, digits and underscores, a letter or digit
 * first, at most 100 in all
 * @param flyway how Flyway migrates the database; of it, where to find the migrations
 * that are there
 * @param script statements, separated by semicolons, that create everything that the
 * entities of the database want
 * @param sources directory of sources that the class path locations of Flyway begin at
 * @param roles roles that migrations and entities may name
 * @since 0.1.0
 */
public record MigrationRequest(String database, String name, Configuration flyway, String script, Path sources,
		Collection<String> roles) {

	/**
	 * Creates a request.
	 * @throws MigrationNotGeneratedException if the name is not one
	 */
	public MigrationRequest {
		if (!name.matches("[A-Za-z0-9][A-Za-z0-9_]{0,99}")) {
			throw new MigrationNotGeneratedException("'%s' can't be the name of a migration".formatted(name),
					"Use up to 100 letters (a to z), digits and underscores, with a letter or a digit first, such as 'add_visits'.");
		}
		roles = Set.copyOf(roles);
	}

}
