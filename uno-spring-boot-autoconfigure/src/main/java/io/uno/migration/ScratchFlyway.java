package io.uno.migration;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.uno.migration.ScratchDatabases.ScratchDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Flyway as the application has it, on another database.
 */
final class ScratchFlyway {

	private final FluentConfiguration configuration;

	ScratchFlyway(Configuration configuration, ScratchDatabase database) {
		this.configuration = Flyway.configure(configuration.getClassLoader())
			.configuration(configuration)
			.dataSource(database.dataSource());
	}

	/**
	 * Adds a directory of migrations.
	 */
	ScratchFlyway with(Path directory) {
		Stream<String> locations = Arrays.stream(this.configuration.getLocations()).map(Objects::toString);
		this.configuration.locations(
				Stream.concat(locations, Stream.of("filesystem:" + directory.toAbsolutePath())).toArray(String[]::new));
		return this;
	}

	/**
	 * Migrates the database.
	 * @return the versions that it has then
	 */
	List<MigrationVersion> migrate() {
		Flyway flyway = this.configuration.load();
		flyway.migrate();
		return Arrays.stream(flyway.info().all()).map(MigrationInfo::getVersion).filter(Objects::nonNull).toList();
	}

}
