package io.uno.migration.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties that an environment holds, told one by one.
 */
final class FlywayPropertySources {

	private final Iterable<ConfigurationPropertySource> sources;

	private FlywayPropertySources(Iterable<ConfigurationPropertySource> sources) {
		this.sources = sources;
	}

	static FlywayPropertySources of(Environment environment) {
		return new FlywayPropertySources(ConfigurationPropertySources.get(environment));
	}

	/**
	 * The properties below the given name, in the order of precedence.
	 */
	List<SetProperty> below(ConfigurationPropertyName name) {
		List<SetProperty> properties = new ArrayList<>();
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				collect(iterable.filter(name::isAncestorOf), properties);
			}
		}
		return properties;
	}

	private static void collect(IterableConfigurationPropertySource source, List<SetProperty> properties) {
		boolean environmentVariables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
		StreamSupport.stream(source.spliterator(), false)
			.sorted()
			.map(source::getConfigurationProperty)
			.filter((property) -> property != null)
			.forEach((property) -> properties.add(SetProperty.of(property, environmentVariables)));
	}

	/**
	 * A property that somebody has set. Its value is left out on purpose: it may be a
	 * password.
	 *
	 * @param name its full name
	 * @param origin where it was set, if that is known
	 * @param environmentVariable whether it is an environment variable, whose underscores
	 * separate elements as well as the words of one
	 */
	record SetProperty(ConfigurationPropertyName name, @Nullable String origin, boolean environmentVariable) {

		private static SetProperty of(ConfigurationProperty property, boolean environmentVariable) {
			String origin = (property.getOrigin() != null) ? property.getOrigin().toString() : null;
			return new SetProperty(property.getName(), origin, environmentVariable);
		}

		/**
		 * One line for each.
		 */
		static String list(List<SetProperty> properties) {
			return properties.stream()
				.map((property) -> "    " + property)
				.collect(Collectors.joining("%n".formatted()));
		}

		@Override
		public String toString() {
			return (this.origin != null) ? this.name + " (set in " + this.origin + ")" : this.name.toString();
		}

	}

}
