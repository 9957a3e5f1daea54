package io.uno.migration.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.uno.migration.autoconfigure.FlywayPropertySources.SetProperty;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class FlywayPropertyNamesTests {

	private final FlywayPropertyNames names = new FlywayPropertyNames();

	@Property(tries = 200)
	void nameInAnyFormIsKnown(@ForAll("known") String name) {
		assertThat(isKnown(map(name))).isTrue();
		assertThat(isKnown(map(name.toUpperCase(Locale.ROOT)))).isTrue();
		assertThat(isKnown(map(name.replace("-", "_")))).isTrue();
		assertThat(isKnown(map(name.replace("-", "")))).isTrue();
	}

	@Property(tries = 200)
	void environmentVariableThatSpringBootBindsIsKnown(@ForAll("known") String name) {
		String separated = ("UNO_FLYWAY_" + name.replace('.', '_').replace('-', '_')).toUpperCase(Locale.ROOT);
		String joined = ("UNO_FLYWAY_" + name.replace('.', '_').replace("-", "")).toUpperCase(Locale.ROOT);
		for (String variable : List.of(separated, joined)) {
			PropertySource<?> source = variables(variable);
			assertThat(binds(source, name)).isTrue();
			assertThat(isKnown(source)).isTrue();
		}
	}

	@Property(tries = 200)
	void nameWithAFurtherElementIsUnknown(@ForAll("known") String name,
			@ForAll @AlphaChars @StringLength(min = 1, max = 8) String further) {
		boolean map = name.equals("placeholders") || name.equals("jdbc-properties");
		assertThat(isKnown(map(name + "." + further))).isEqualTo(map);
	}

	@Property(tries = 200)
	void misspeltNameIsUnknownAndTheRightOneComesFirst(@ForAll("known") String name) {
		PropertySource<?> source = map(name + "zz");
		assertThat(isKnown(source)).isFalse();
		assertThat(this.names.nearestFirst(ConfigurationPropertyName.of(name + "zz"))).startsWith(name);
	}

	@Provide
	Arbitrary<String> known() {
		return Arbitraries.of(FlywayPropertiesParityTests.properties().toList());
	}

	private boolean isKnown(PropertySource<?> source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(source);
		List<SetProperty> properties = FlywayPropertySources.of(environment).below(FlywayLayer.COMMON);
		assertThat(properties).hasSize(1);
		return this.names.isKnown(properties.get(0), FlywayLayer.COMMON);
	}

	private static boolean binds(PropertySource<?> source, String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(source);
		@Nullable String value = Binder.get(environment).bind("uno.flyway." + name, Bindable.of(String.class)).orElse(null);
		return "value".equals(value);
	}

	private static PropertySource<?> map(String name) {
		return new MapPropertySource("test", Map.of("uno.flyway." + name, "value"));
	}

	private static PropertySource<?> variables(String name) {
		return new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(name, "value"));
	}

}
