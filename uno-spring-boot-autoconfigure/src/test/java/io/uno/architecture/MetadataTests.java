package io.uno.architecture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds what the library tells Spring Boot about itself to what it really contains. Files
 * that break the rules lie in {@code src/test/resources/fixture}.
 */
class MetadataTests {

	private static final Path CLASSES = Path.of("target", "classes");

	private static final JavaClasses LIBRARY = new ClassFileImporter().importPath(CLASSES);

	private static final Path IMPORTS = CLASSES.resolve("META-INF/spring");

	private static final String AUTO_CONFIGURATIONS = AutoConfiguration.class.getName() + ".imports";

	private static final Path FACTORIES = CLASSES.resolve("META-INF/spring.factories");

	private static final Path PROPERTIES = CLASSES.resolve("META-INF/spring-configuration-metadata.json");

	private static final Path FIXTURES = Path.of("src", "test", "resources", "fixture");

	@Test
	void everyAutoConfigurationIsListed() throws IOException {
		Set<String> expected = LIBRARY.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
		assertThat(importsFile(AUTO_CONFIGURATIONS).missing(expected)).isEmpty();
	}

	@Test
	void everyListOfAutoConfigurationsIsSortedAndNamesOnlyClasses() throws IOException {
		List<String> problems = new ArrayList<>();
		for (Path file : importsFiles()) {
			problems.addAll(ImportsFile.read(file).problems(MetadataTests::exists));
		}
		assertThat(problems).isEmpty();
	}

	@Test
	void everySpringFactoryExists() throws IOException {
		assertThat(springFactories().problems()).isEmpty();
	}

	@Test
	void everyFailureAnalyzerIsRegistered() throws IOException {
		Set<String> analyzers = LIBRARY.stream()
			.filter((type) -> type.isAssignableTo(FailureAnalyzer.class))
			.filter((type) -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
		assertThat(springFactories().missing(FailureAnalyzer.class.getName(), analyzers)).isEmpty();
	}

	@Test
	void everyPropertyIsDescribed() throws IOException {
		boolean hasProperties = LIBRARY.stream()
			.anyMatch((type) -> type
				.isAnnotatedWith("org.springframework.boot.context.properties.ConfigurationProperties"));
		assertThat(Files.exists(PROPERTIES)).isEqualTo(hasProperties);
		if (hasProperties) {
			PropertyDescriptions descriptions = PropertyDescriptions.read(PROPERTIES);
			assertThat(descriptions.properties()).isNotEmpty();
			assertThat(descriptions.problems()).isEmpty();
		}
	}

	@Test
	void autoConfigurationThatIsNotListedIsFound() throws IOException {
		assertThat(ImportsFile.read(FIXTURES.resolve("broken.imports"))
			.missing(Set.of("io.uno.architecture.MetadataTests", "io.uno.architecture.ArchitectureTests")))
			.containsExactly("broken.imports does not list io.uno.architecture.MetadataTests");
	}

	@Test
	void listThatIsNotSortedOrNamesNoClassIsFound() throws IOException {
		assertThat(ImportsFile.read(FIXTURES.resolve("broken.imports")).problems(MetadataTests::exists))
			.containsExactly("broken.imports is not sorted or lists a class twice",
					"broken.imports lists io.uno.architecture.Absent, which does not exist");
	}

	@Test
	void springFactoryThatDoesNotExistOrDoesNotFitIsFound() throws IOException {
		assertThat(SpringFactories.read(FIXTURES.resolve("broken.factories")).problems()).containsExactly(
				"io.uno.architecture.MetadataTests is not a class that implements java.util.List",
				"io.uno.architecture.Absent is not a class that implements java.util.List",
				"io.uno.architecture.MetadataTests is not a class that implements org.absent.Factory");
	}

	@Test
	void implementationThatIsNotRegisteredIsFound() throws IOException {
		assertThat(SpringFactories.read(FIXTURES.resolve("broken.factories"))
			.missing("java.util.List", List.of("java.util.ArrayList", "java.util.LinkedList")))
			.containsExactly("java.util.LinkedList is not registered as java.util.List");
	}

	@Test
	void propertiesDescribedBadlyAreFound() throws IOException {
		assertThat(PropertyDescriptions.read(FIXTURES.resolve("broken-metadata.json")).problems()).containsExactly(
				"other.name does not start with 'uno.'", "uno.article: the description starts with an article",
				"uno.blank: has no description",
				"uno.enabled: the description of a boolean starts with neither 'Whether' nor 'Enable'",
				"uno.full-stop: the description does not end with a full stop", "uno.missing: has no description");
	}

	private static boolean exists(String name) {
		return ClassUtils.isPresent(name, MetadataTests.class.getClassLoader());
	}

	private static ImportsFile importsFile(String name) throws IOException {
		Path file = IMPORTS.resolve(name);
		return Files.exists(file) ? ImportsFile.read(file) : new ImportsFile(name, List.of());
	}

	private static List<Path> importsFiles() throws IOException {
		if (!Files.exists(IMPORTS)) {
			return List.of();
		}
		List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(IMPORTS, "*.imports")) {
			found.forEach(files::add);
		}
		return files;
	}

	private static SpringFactories springFactories() throws IOException {
		return Files.exists(FACTORIES) ? SpringFactories.read(FACTORIES) : new SpringFactories(new TreeMap<>());
	}

}
