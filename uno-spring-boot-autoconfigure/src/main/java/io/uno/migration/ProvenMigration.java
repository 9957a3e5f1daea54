package io.uno.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A migration that does what it says. Immutable.
 *
 * @param database name of the database that it belongs to
 * @param file the file to write it to
 * @param location where Flyway finds the file, with the name of the file
 * @param content the statements of the file
 * @param proof what has been proven, in a few words
 * @since 0.1.0
 */
public record ProvenMigration(String database, Path file, String location, String content, String proof) {

	/**
	 * Writes the file.
	 * @throws MigrationNotGeneratedException if there is one of this name, which is left
	 * as it is
	 * @throws UncheckedIOException if it can't be written; there is no file then
	 */
	public void write() {
		try {
			Files.createFile(this.file);
		}
		catch (FileAlreadyExistsException ex) {
			throw new MigrationNotGeneratedException("'%s' exists".formatted(this.file),
					"Remove the file, or build the application so that its migrations are known.", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create '%s'".formatted(this.file), ex);
		}
		writeContent();
	}

	private void writeContent() {
		try {
			Files.writeString(this.file, this.content, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			delete();
			throw new UncheckedIOException("Cannot write '%s'".formatted(this.file), ex);
		}
	}

	/**
	 * Deletes the file, for one who takes back what was written.
	 * @throws UncheckedIOException if it can't be deleted
	 */
	public void delete() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete '%s'".formatted(this.file), ex);
		}
	}

	/**
	 * Tells in one line what there is.
	 */
	@Override
	public String toString() {
		return "%s    proven: %s".formatted(this.location, this.proof);
	}

}
