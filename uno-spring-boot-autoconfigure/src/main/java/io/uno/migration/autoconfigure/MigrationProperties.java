package io.uno.migration.autoconfigure;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of generated migrations.
 *
 * @param generate Name of the migration to generate from entities. The application then
 * writes a file for each database that has a difference, and ends.
 * @param directory Directory of resources among the sources, below which the first class
 * path location of each database's Flyway is found.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "uno.migration", ignoreUnknownFields = false)
public record MigrationProperties(@Nullable String generate, @DefaultValue("src/main/resources") Path directory) {

	static final String GENERATE = "uno.migration.generate";

}
