package io.uno.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.uno.migration.ScratchDatabases.ScratchDatabase;
import io.uno.schema.Plan;
import io.uno.schema.SchemaModel;
import org.flywaydb.core.api.FlywayException;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Proves that the file of a migration leads to what is wanted, and its inverse back.
 */
final class SchemaProof {

	private final MigrationRequest request;

	private final SchemaReader reader;

	private final MigrationFile file;

	private final MigrationScript script;

	SchemaProof(MigrationRequest request, SchemaReader reader, MigrationFile file, MigrationScript script) {
		this.request = request;
		this.reader = reader;
		this.file = file;
		this.script = script;
	}

	/**
	 * Runs the proof.
	 * @param copy a copy of what the migrations build
	 * @param actual what that is
	 * @param wanted what is to come of it
	 * @throws MigrationNotGeneratedException if the proof fails
	 */
	void run(ScratchDatabase copy, SchemaModel actual, SchemaModel wanted) {
		Statements statements = new Statements(this.request.database(), new JdbcTemplate(copy.dataSource()),
				this.reader.defaultSchema());
		migrate(copy);
		check("applied", copy, wanted);
		statements.undo(this.script.plan());
		check("undone", copy, actual);
		statements.apply(this.script.plan());
		check("applied again", copy, wanted);
	}

	/**
	 * By Flyway, from the very file that is to be written.
	 */
	private void migrate(ScratchDatabase copy) {
		Path directory = createDirectory();
		try {
			Files.writeString(directory.resolve(this.file.name()), this.script.text());
			new ScratchFlyway(this.request.flyway(), copy).with(directory).migrate();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write below '%s'".formatted(directory), ex);
		}
		catch (FlywayException ex) {
			throw ProofFailure.of(this.request.database(), "Flyway can't apply it: " + ex.getMessage(), ex);
		}
		finally {
			delete(directory);
		}
	}

	private static Path createDirectory() {
		try {
			return Files.createTempDirectory("uno-migration");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create a temporary directory", ex);
		}
	}

	private static void delete(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete '%s'".formatted(directory), ex);
		}
	}

	private void check(String step, ScratchDatabase copy, SchemaModel expected) {
		Plan left = Plan.between(this.reader.read(copy), expected);
		if (!left.isEmpty()) {
			throw ProofFailure.of(this.request.database(),
					"%s, it leaves these differences:%n%n%s".formatted(step, ProofFailure.list(left)), null);
		}
	}

}
