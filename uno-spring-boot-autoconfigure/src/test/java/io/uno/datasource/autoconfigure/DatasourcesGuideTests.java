package io.uno.datasource.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

class DatasourcesGuideTests {

	private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	static Stream<String> examples() throws IOException {
		return YAML.matcher(guide()).results().map((example) -> example.group(1));
	}

	private static String guide() throws IOException {
		return Files.readString(Path.of("../docs/datasources.md"));
	}

	@Test
	void bothWaysHaveAnExample() throws IOException {
		assertThat(examples()).hasSize(2);
	}

	@ParameterizedTest
	@MethodSource("examples")
	void examplesAreValid(String yaml) throws IOException {
		StandardEnvironment environment = new StandardEnvironment();
		new YamlPropertySourceLoader().load("guide", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.forEach(environment.getPropertySources()::addFirst);
		ConfigurationPropertySources.attach(environment);
		DatabasePropertiesCheck.check(environment);
		assertThat(DatabaseDeclarations.from(environment).isRouted()).isTrue();
	}

	@Test
	void everyPropertyIsInTheTable() throws IOException {
		String guide = guide();
		assertThat(keys()).isNotEmpty().allSatisfy((key) -> assertThat(guide).contains("| `" + key));
	}

	private static List<String> keys() {
		Stream<String> database = components(DatabasesProperties.DatabaseProperties.class, "uno.databases.<name>.");
		Stream<String> replica = components(DatabasesProperties.ReplicaProperties.class,
				"uno.databases.<name>.replicas.<replica>.");
		return Stream
			.of(components(DatabasesProperties.class, "uno."), database, replica,
					components(ReadsProperties.class, "uno.reads."))
			.flatMap((names) -> names)
			.toList();
	}

	private static Stream<String> components(Class<? extends Record> type, String prefix) {
		return Stream.of(type.getRecordComponents())
			.map((component) -> prefix + DataObjectPropertyName.toDashedForm(component.getName()));
	}

}
