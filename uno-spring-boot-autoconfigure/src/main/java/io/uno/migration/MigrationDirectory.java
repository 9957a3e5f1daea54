package io.uno.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The directory in the sources whose migrations Flyway finds on the class path.
 */
final class MigrationDirectory {

	private static final String CLASSPATH = "classpath:";

	private final MigrationRequest request;

	private final String location;

	private final Path path;

	private MigrationDirectory(MigrationRequest request, String location) {
		this.request = request;
		this.location = location;
		this.path = request.sources().resolve(location);
	}

	static MigrationDirectory of(MigrationRequest request) {
		List<String> locations = Arrays.stream(request.flyway().getLocations()).map(Objects::toString).toList();
		String location = locations.stream()
			.filter((descriptor) -> descriptor.startsWith(CLASSPATH))
			.map((descriptor) -> descriptor.substring(CLASSPATH.length()))
			.findFirst()
			.orElseThrow(() -> new MigrationNotGeneratedException(
					"Migrations of database '%s' have no location on the class path: %s".formatted(request.database(),
							locations),
					"Add a location that begins with 'classpath:'."));
		MigrationDirectory directory = new MigrationDirectory(request, location);
		directory.checkExists();
		return directory;
	}

	private void checkExists() {
		if (!Files.isDirectory(this.path)) {
			throw new MigrationNotGeneratedException(
					"There is no directory '%s', where the migrations of database '%s' are to be (%s%s)"
						.formatted(this.path.toAbsolutePath(), this.request.database(), CLASSPATH, this.location),
					"Create the directory, or name the directory of resources that it is in by the property 'uno.migration.directory'.");
		}
	}

	/**
	 * Names the file that comes after all others.
	 * @param known the versions that Flyway has found
	 * @param name the name of the migration
	 * @return the file
	 */
	MigrationFile next(List<MigrationVersion> known, String name) {
		checkBuilt(known);
		Configuration flyway = this.request.flyway();
		String version = known.stream().max(Comparator.naturalOrder()).map(MigrationDirectory::after).orElse("1");
		String file = flyway.getSqlMigrationPrefix() + version + flyway.getSqlMigrationSeparator() + name
				+ flyway.getSqlMigrationSuffixes()[0];
		return new MigrationFile(this.path, this.location, file);
	}

	/**
	 * The next whole number, with as many leading zeros as there were.
	 */
	private static String after(MigrationVersion highest) {
		String major = highest.getRawVersion().split("[._]")[0];
		String next = highest.getMajor().add(BigInteger.ONE).toString();
		return "0".repeat(Math.max(0, major.length() - next.length())) + next;
	}

	/**
	 * A migration that is only in the sources would be generated once more.
	 */
	private void checkBuilt(List<MigrationVersion> known) {
		List<String> unknown = files().filter((file) -> {
			MigrationVersion version = version(file);
			return version != null && !known.contains(version);
		}).sorted().toList();
		if (!unknown.isEmpty()) {
			throw new MigrationNotGeneratedException(
					"'%s' holds migrations that are not on the class path: %s".formatted(this.path, unknown),
					"Build the application first, so that they are.");
		}
	}

	private Stream<String> files() {
		try (Stream<Path> files = Files.walk(this.path)) {
			return files.map((file) -> file.getFileName().toString()).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot list '%s'".formatted(this.path), ex);
		}
	}

	private @Nullable MigrationVersion version(String file) {
		Configuration flyway = this.request.flyway();
		int end = file.indexOf(flyway.getSqlMigrationSeparator());
		boolean migration = end > 0 && file.startsWith(flyway.getSqlMigrationPrefix())
				&& Arrays.stream(flyway.getSqlMigrationSuffixes()).anyMatch(file::endsWith);
		String version = migration ? file.substring(flyway.getSqlMigrationPrefix().length(), end) : "";
		return version.matches("[0-9]+([._][0-9]+)*") ? MigrationVersion.fromVersion(version) : null;
	}

}
