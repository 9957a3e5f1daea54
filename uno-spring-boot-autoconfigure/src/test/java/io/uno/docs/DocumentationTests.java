package io.uno.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example of Java and YAML in the documentation stands in a test that is compiled
 * and run, line by line.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..");

	private static final List<String> CHECKED = List.of("java", "yaml");

	private static final List<String> SOURCES = read(Path.of("src", "test"), ".java", ".yml");

	@ParameterizedTest
	@MethodSource("examples")
	void exampleStandsInATest(Example example) {
		assertThat(SOURCES.stream().anyMatch(example::standsIn)).as("A test holds the example%n%s", example.text())
			.isTrue();
	}

	static Stream<Example> examples() {
		Stream<Path> pages = Stream.concat(Stream.of(ROOT.resolve("README.md")), list(ROOT.resolve("docs"), ".md"));
		return pages.flatMap((page) -> Example.of(page.getFileName().toString(), read(page)).stream())
			.filter((example) -> CHECKED.contains(example.language()));
	}

	@Test
	void everyPageIsLinkedFromTheReadme() {
		String readme = read(ROOT.resolve("README.md"));
		assertThat(list(ROOT.resolve("docs"), ".md"))
			.allSatisfy((page) -> assertThat(readme).contains("(docs/%s)".formatted(page.getFileName())));
	}

	@Test
	void everyLinkedPageExists() {
		Stream<Path> pages = Stream.concat(Stream.of(ROOT.resolve("README.md")), list(ROOT.resolve("docs"), ".md"));
		assertThat(pages).allSatisfy((page) -> Pattern.compile("]\\(([^):#]+)\\)")
			.matcher(read(page))
			.results()
			.forEach((link) -> assertThat(page.resolveSibling(link.group(1))).exists()));
	}

	@Test
	void exampleThatNoTestHoldsIsFound() {
		Example example = Example.of("page.md", "```java\nfirst();\nsecond();   // with a comment\n```\n").get(0);
		assertThat(example.standsIn("first();\n\tsecond();")).isTrue();
		assertThat(example.standsIn("second();\nfirst();")).isFalse();
		assertThat(example.standsIn("first();")).isFalse();
	}

	@Test
	void whatAnExampleLeavesOutIsNotLookedFor() {
		Example example = Example.of("page.md", "```java\nvoid rename() { ... }\n...\nend();\n```\n").get(0);
		assertThat(example.standsIn("void rename() {\n\tname();\n}\nend();")).isTrue();
		assertThat(example.standsIn("void remove() {\n\tname();\n}\nend();")).isFalse();
	}

	private static List<String> read(Path folder, String... endings) {
		return Stream.of(endings).flatMap((ending) -> list(folder, ending)).map(DocumentationTests::read).toList();
	}

	private static Stream<Path> list(Path folder, String ending) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(ending)).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
