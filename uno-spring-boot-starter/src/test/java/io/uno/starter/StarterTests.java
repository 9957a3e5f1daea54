package io.uno.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds what the starter brings to the list that is committed.
 */
class StarterTests {

	private static final Path LISTED = Path.of("src", "test", "resources", "dependencies.txt");

	private static final Path FIXTURES = Path.of("src", "test", "resources", "fixture");

	private static final Path TARGET = Path.of("target");

	@Test
	void bringsTheDependenciesThatAreListed() throws IOException {
		ResolvedDependencies dependencies = ResolvedDependencies.read(TARGET.resolve("dependencies.txt"));
		Path actual = Files.write(TARGET.resolve("dependencies-actual.txt"), dependencies.artifacts());
		assertThat(dependencies.differencesFrom(Files.readAllLines(LISTED)))
			.as("Changes of what the starter brings; if they are meant, copy %s over %s", actual.toAbsolutePath(),
					LISTED)
			.isEmpty();
	}

	@Test
	void declaresTheAutoConfigurationAndSpringDataJpaAndNothingElse() throws IOException {
		assertThat(ResolvedDependencies.read(TARGET.resolve("direct-dependencies.txt")).artifacts()).containsExactly(
				"io.uno:uno-spring-boot-autoconfigure", "org.springframework.boot:spring-boot-starter-data-jpa");
	}

	@Test
	void holdsNoCode() throws IOException {
		assertThat(filesBelow(TARGET.resolve("classes"))).isEmpty();
		assertThat(filesBelow(Path.of("src", "main", "java"))).isEmpty();
	}

	@Test
	void dependencyThatIsNotListedIsFound() throws IOException {
		ResolvedDependencies dependencies = ResolvedDependencies.read(FIXTURES.resolve("dependencies.txt"));
		assertThat(dependencies.artifacts()).containsExactly("com.acme:alpha", "com.acme:beta");
		assertThat(dependencies.differencesFrom(List.of("com.acme:alpha", "com.acme:gone")))
			.containsExactly("+ com.acme:beta", "- com.acme:gone");
		assertThat(dependencies.differencesFrom(List.of("com.acme:beta", "com.acme:alpha")))
			.containsExactly("the list is not sorted or names an artifact twice");
		assertThat(dependencies.differencesFrom(List.of("com.acme:alpha", "com.acme:beta"))).isEmpty();
	}

	@Test
	void codeIsFound() throws IOException {
		assertThat(filesBelow(FIXTURES)).containsExactly(FIXTURES.resolve("dependencies.txt"));
	}

	private static List<Path> filesBelow(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

}
