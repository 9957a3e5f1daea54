package io.uno.migration;

import java.util.List;
import java.util.Optional;

import io.uno.migration.ScratchDatabases.ScratchDatabase;
import io.uno.schema.Plan;
import io.uno.schema.SchemaModel;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

import org.springframework.dao.DataAccessException;

/**
 * Builds both sides on the scratch server, lets the server tell them apart, and proves
 * the plan on copies.
 */
final class DefaultMigrationGenerator implements MigrationGenerator {

	private final DatabaseAdmin admin;

	DefaultMigrationGenerator(DatabaseAdmin admin) {
		this.admin = admin;
	}

	@Override
	public Optional<ProvenMigration> prove(MigrationRequest request) {
		MigrationDirectory directory = MigrationDirectory.of(request);
		request.roles().forEach(this.admin::createRole);
		try (ScratchDatabases scratch = new ScratchDatabases(this.admin)) {
			return prove(request, directory, scratch);
		}
	}

	private Optional<ProvenMigration> prove(MigrationRequest request, MigrationDirectory directory,
			ScratchDatabases scratch) {
		ScratchDatabase actual = scratch.create();
		ServerVersion.of(actual.dataSource()).check(request);
		List<MigrationVersion> versions = migrate(request, actual);
		MigrationFile file = directory.next(versions, request.name());
		SchemaReader reader = SchemaReader.of(request, actual);
		SchemaModel actualModel = reader.read(actual);
		SchemaModel wantedModel = reader.read(createWanted(request, actual, scratch, reader));
		Plan plan = Plan.between(actualModel, wantedModel);
		if (plan.isEmpty()) {
			return Optional.empty();
		}
		UnresolvedDifferences.check(request.database(), plan);
		MigrationScript script = new MigrationScript(plan);
		new SchemaProof(request, reader, file, script).run(scratch.copy(actual), actualModel, wantedModel);
		List<String> unproven = new RowsProof(request.database(), actualModel, plan).run(scratch.copy(actual));
		return Optional.of(file.proven(request.database(), script, proof(unproven)));
	}

	private static List<MigrationVersion> migrate(MigrationRequest request, ScratchDatabase database) {
		try {
			return new ScratchFlyway(request.flyway(), database).migrate();
		}
		catch (FlywayException ex) {
			throw new MigrationNotGeneratedException(
					"The migrations of database '%s' can't be applied to an empty database: %s"
						.formatted(request.database(), ex.getMessage()),
					"Correct them. The scratch server knows the roles %s; declare others in 'uno.roles'."
						.formatted(request.roles().stream().sorted().toList()),
					ex);
		}
	}

	private static ScratchDatabase createWanted(MigrationRequest request, ScratchDatabase actual,
			ScratchDatabases scratch, SchemaReader reader) {
		ScratchDatabase wanted = scratch.create();
		try {
			WantedDatabase.fill(wanted, actual, reader.defaultSchema(), request.script());
			return wanted;
		}
		catch (DataAccessException ex) {
			throw new MigrationNotGeneratedException(
					"What the entities of database '%s' want can't be created in an empty database: %s"
						.formatted(request.database(), ex.getMostSpecificCause().getMessage()),
					"Correct the mapping. The scratch server knows the roles %s, and the extensions that the migrations create."
						.formatted(request.roles().stream().sorted().toList()),
					ex);
		}
	}

	private static String proof(List<String> unproven) {
		String rows = unproven.isEmpty() ? "rows intact" : "no rows to look at in " + String.join(" and ", unproven);
		return "applied, %s, undone, nothing left to do".formatted(rows);
	}

}
