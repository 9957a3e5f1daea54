package io.uno.datasource.autoconfigure;

import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The properties that an environment holds below a name, with where each was set;
 * environment variables among them.
 */
final class DeclaredProperties {

	private final Environment environment;

	DeclaredProperties(Environment environment) {
		this.environment = environment;
	}

	Stream<DeclaredProperty> below(String prefix) {
		ConfigurationPropertyName parent = ConfigurationPropertyName.adapt(prefix, '.');
		return sources().flatMap((source) -> source.stream()
			.filter(parent::isAncestorOf)
			.map((name) -> new DeclaredProperty(name, origin(source, name), isEnvironmentVariable(source))));
	}

	Optional<DeclaredProperty> named(String key) {
		ConfigurationPropertyName wanted = ConfigurationPropertyName.adapt(key, '.');
		return sources().filter((source) -> source.getConfigurationProperty(wanted) != null)
			.findFirst()
			.map((source) -> new DeclaredProperty(wanted, origin(source, wanted), isEnvironmentVariable(source)));
	}

	private Stream<IterableConfigurationPropertySource> sources() {
		return StreamSupport.stream(ConfigurationPropertySources.get(this.environment).spliterator(), false)
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.map(IterableConfigurationPropertySource.class::cast);
	}

	private static @Nullable Origin origin(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return (property != null) ? property.getOrigin() : null;
	}

	private static boolean isEnvironmentVariable(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> underlying && (underlying.getName()
			.equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
				|| underlying.getName().endsWith("-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME));
	}

	/**
	 * A property that is set somewhere.
	 *
	 * @param name its name
	 * @param origin where it was set, if known
	 * @param environmentVariable whether it is an environment variable, whose name can't
	 * tell a dash from nothing and a full stop from an underscore
	 */
	record DeclaredProperty(ConfigurationPropertyName name, @Nullable Origin origin, boolean environmentVariable) {

		@Override
		public String toString() {
			return this.name.toString();
		}

	}

}
