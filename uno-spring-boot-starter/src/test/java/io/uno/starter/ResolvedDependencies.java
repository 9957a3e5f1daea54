package io.uno.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Dependencies that Maven resolved, as its dependency plugin lists them.
 *
 * @param artifacts group id and artifact id of each
 */
record ResolvedDependencies(SortedSet<String> artifacts) {

	private static final int COORDINATES = 5;

	/**
	 * Read the list that the dependency plugin wrote.
	 * @param file the file with one dependency on each indented line, as
	 * {@code group:artifact:type:version:scope}
	 * @return the dependencies
	 * @throws IOException if the file cannot be read
	 */
	static ResolvedDependencies read(Path file) throws IOException {
		SortedSet<String> artifacts = new TreeSet<>();
		for (String line : Files.readAllLines(file)) {
			String[] coordinates = line.strip().split("\\s", 2)[0].split(":");
			if (coordinates.length >= COORDINATES) {
				artifacts.add(coordinates[0] + ":" + coordinates[1]);
			}
		}
		return new ResolvedDependencies(artifacts);
	}

	/**
	 * Differences from a list.
	 * @param listed the lines of the list
	 * @return what must change in the list; empty when it is right
	 */
	List<String> differencesFrom(List<String> listed) {
		List<String> differences = new ArrayList<>();
		this.artifacts.stream()
			.filter((artifact) -> !listed.contains(artifact))
			.forEach((artifact) -> differences.add("+ " + artifact));
		listed.stream()
			.filter((artifact) -> !this.artifacts.contains(artifact))
			.forEach((artifact) -> differences.add("- " + artifact));
		if (differences.isEmpty() && !listed.equals(List.copyOf(this.artifacts))) {
			differences.add("the list is not sorted or names an artifact twice");
		}
		return differences;
	}

}
