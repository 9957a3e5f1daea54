package io.uno.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * A list of auto-configurations below {@code META-INF/spring}.
 *
 * @param name the name of the file
 * @param entries the auto-configurations that it lists, in its order
 */
record ImportsFile(String name, List<String> entries) {

	private static final String OPTIONAL = "optional:";

	static ImportsFile read(Path file) throws IOException {
		List<String> entries = Files.readAllLines(file)
			.stream()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.toList();
		return new ImportsFile(file.getFileName().toString(), entries);
	}

	/**
	 * Problems of the list by itself.
	 * @param exists tells whether there is a class of a name
	 * @return one line for each problem
	 */
	List<String> problems(Predicate<String> exists) {
		List<String> problems = new ArrayList<>();
		if (!this.entries.equals(this.entries.stream().sorted().distinct().toList())) {
			problems.add("%s is not sorted or lists a class twice".formatted(this.name));
		}
		this.entries.stream()
			.filter((entry) -> !entry.startsWith(OPTIONAL) && !exists.test(entry))
			.forEach((entry) -> problems.add("%s lists %s, which does not exist".formatted(this.name, entry)));
		return problems;
	}

	/**
	 * Classes that the list should hold and does not.
	 * @param expected the names of the classes
	 * @return one line for each class
	 */
	List<String> missing(Collection<String> expected) {
		return expected.stream()
			.filter((type) -> !this.entries.contains(type))
			.sorted()
			.map((type) -> "%s does not list %s".formatted(this.name, type))
			.toList();
	}

}
