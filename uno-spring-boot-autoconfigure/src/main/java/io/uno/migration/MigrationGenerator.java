package io.uno.migration;

import java.util.Optional;

/**
 * Generates the migration that brings a database from what its migrations build to what
 * its entities want, and proves it: applied by Flyway to a copy of what the migrations
 * build it gives what is wanted, rows stay as they are, and it can be undone and done
 * again. Works on the scratch server alone; the application's database is asked for its
 * version and nothing else. Thread-safe.
 *
 * <pre class="code">
 * generator.prove(request).ifPresent(ProvenMigration::write);
 * </pre>
 *
 * @since 0.1.0
 */
public interface MigrationGenerator {

	/**
	 * Creates a generator.
	 * @param admin the scratch server
	 * @return the generator
	 */
	static MigrationGenerator create(DatabaseAdmin admin) {
		return new DefaultMigrationGenerator(admin);
	}

	/**
	 * Generates a migration and proves it, without writing it.
	 * @param request what to generate it from
	 * @return the migration, empty if entities and migrations agree
	 * @throws MigrationNotGeneratedException if they differ in what is not supported, if
	 * the proof fails, or if there is no place for the file
	 */
	Optional<ProvenMigration> prove(MigrationRequest request);

}
