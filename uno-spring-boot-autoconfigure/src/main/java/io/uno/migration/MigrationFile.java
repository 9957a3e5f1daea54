package io.uno.migration;

import java.nio.file.Path;

/**
 * The file that a migration is to be written to.
 *
 * @param directory the directory in the sources
 * @param location the path of that directory on the class path
 * @param name the name of the file
 */
record MigrationFile(Path directory, String location, String name) {

	ProvenMigration proven(String database, MigrationScript script, String proof) {
		return new ProvenMigration(database, this.directory.resolve(this.name), this.location + "/" + this.name,
				script.text(), proof);
	}

}
