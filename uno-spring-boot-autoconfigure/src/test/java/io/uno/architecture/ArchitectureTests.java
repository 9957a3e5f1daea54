package io.uno.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the library and its tests to the {@link ArchitectureRules}.
 */
class ArchitectureTests {

	private static final JavaClasses LIBRARY = new ClassFileImporter().importPath(Path.of("target", "classes"));

	private static final JavaClasses TESTS = new ClassFileImporter()
		.importPath(Path.of("target", "test-classes", "io", "uno"));

	private static final Path PUBLIC_API = Path.of("src", "test", "resources", "public-api.txt");

	@ParameterizedTest
	@MethodSource
	void libraryKeepsTheRule(ArchRule rule) {
		rule.check(LIBRARY);
	}

	static Stream<ArchRule> libraryKeepsTheRule() {
		return ArchitectureRules.ofLibrary("io.uno").stream();
	}

	@ParameterizedTest
	@MethodSource
	void testsKeepTheRule(ArchRule rule) {
		rule.check(TESTS);
	}

	static Stream<ArchRule> testsKeepTheRule() {
		return ArchitectureRules.ofTests("io.uno").stream();
	}

	@Test
	void publicTypesAreThoseListed() throws IOException {
		PublicApi api = PublicApi.of(LIBRARY);
		Path actual = Files.write(Path.of("target", "public-api.txt"), api.types());
		List<String> listed = Files.readAllLines(PUBLIC_API);
		assertThat(api.differencesFrom(listed))
			.as("Changes of the public API; if they are meant, copy %s over %s", actual.toAbsolutePath(), PUBLIC_API)
			.isEmpty();
	}

	@Test
	void classesAreFoundAtAll() {
		assertThat(LIBRARY).isNotEmpty();
		assertThat(TESTS).isNotEmpty();
	}

}
