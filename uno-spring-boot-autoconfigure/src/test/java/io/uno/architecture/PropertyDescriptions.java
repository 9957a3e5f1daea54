package io.uno.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;

/**
 * The properties of a {@code spring-configuration-metadata.json}, and whether their
 * descriptions read as Boot's do.
 *
 * @param properties the properties, sorted by name
 */
record PropertyDescriptions(List<ConfigurationMetadataProperty> properties) {

	private static final String PREFIX = "uno.";

	/**
	 * Where Boot puts the settings that every endpoint has.
	 */
	private static final String ENDPOINT_PREFIX = "management.endpoint.uno.";

	static PropertyDescriptions read(Path file) throws IOException {
		try (InputStream json = Files.newInputStream(file)) {
			Collection<ConfigurationMetadataProperty> properties = ConfigurationMetadataRepositoryJsonBuilder
				.create(json)
				.build()
				.getAllProperties()
				.values();
			return new PropertyDescriptions(
					properties.stream().sorted(Comparator.comparing(ConfigurationMetadataProperty::getId)).toList());
		}
	}

	List<String> problems() {
		List<String> problems = new ArrayList<>();
		this.properties.forEach((property) -> {
			if (!property.getId().startsWith(PREFIX) && !property.getId().startsWith(ENDPOINT_PREFIX)) {
				problems.add("%s does not start with '%s'".formatted(property.getId(), PREFIX));
			}
			String problem = problemOf(property.getDescription(), property.getType());
			if (problem != null) {
				problems.add("%s: %s".formatted(property.getId(), problem));
			}
		});
		return problems;
	}

	private static @Nullable String problemOf(@Nullable String description, @Nullable String type) {
		if (description == null || description.isBlank()) {
			return "has no description";
		}
		if (description.matches("(The|An?)\\s.*")) {
			return "the description starts with an article";
		}
		if (!description.endsWith(".")) {
			return "the description does not end with a full stop";
		}
		if ("java.lang.Boolean".equals(type) && !description.matches("(Whether|Enable)\\s.*")) {
			return "the description of a boolean starts with neither 'Whether' nor 'Enable'";
		}
		return null;
	}

}
