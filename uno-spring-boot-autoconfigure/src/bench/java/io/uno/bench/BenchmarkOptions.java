package io.uno.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the benchmarks are run.
 *
 * @param root directory of the whole project
 * @param rounds rounds that count
 * @param rows rows of each insert
 * @param streamRows rows of the insert in a small heap
 * @param strict whether a limit that is missed fails the build
 * @param parts what is measured
 */
record BenchmarkOptions(Path root, int rounds, int rows, long streamRows, boolean strict, Set<Part> parts) {

	private static final int FULL_ROUNDS = 15;

	private static final int FULL_ROWS = 500_000;

	private static final long FULL_STREAM_ROWS = 2_000_000;

	static BenchmarkOptions ofSystemProperties() {
		return new BenchmarkOptions(Path.of(System.getProperty("bench.root", ".")),
				Integer.getInteger("bench.rounds", FULL_ROUNDS), Integer.getInteger("bench.rows", FULL_ROWS),
				Long.getLong("bench.stream-rows", FULL_STREAM_ROWS), Boolean.getBoolean("bench.strict"),
				Part.parse(System.getProperty("bench.sections", "")));
	}

	/**
	 * Returns whether this is a run for the document, and not one to try something out.
	 * @return whether nothing has been made smaller or left out
	 */
	boolean isFull() {
		return hasFullSize() && this.parts.size() == Part.values().length;
	}

	private boolean hasFullSize() {
		return this.rounds >= FULL_ROUNDS && this.rows == FULL_ROWS && this.streamRows == FULL_STREAM_ROWS;
	}

	int warmUps() {
		return hasFullSize() ? 3 : 1;
	}

	/**
	 * Returns the file that is written. A run to try something out never touches the
	 * document.
	 * @return the document, or a file that no one keeps
	 */
	Path document() {
		return isFull() ? this.root.resolve("docs").resolve("benchmarks.md") : work().resolve("benchmarks-quick.md");
	}

	/**
	 * Returns where logs go.
	 * @return a directory that no one keeps
	 */
	Path work() {
		return this.root.resolve("uno-spring-boot-autoconfigure").resolve("target");
	}

	/**
	 * What can be measured by itself.
	 */
	enum Part {

		INSERT, STREAM, ROUTING, SESSIONS, ASYNC;

		/**
		 * Reads a list such as {@code insert,routing}.
		 */
		private static Set<Part> parse(String names) {
			if (names.isBlank()) {
				return EnumSet.allOf(Part.class);
			}
			return Arrays.stream(names.split(","))
				.map((name) -> parseOne(name.strip()))
				.collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
		}

		private static Part parseOne(String name) {
			return Arrays.stream(values())
				.filter((part) -> part.toString().equals(name))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException(
						"There is no benchmark '%s'; bench.sections takes some of %s, separated by commas"
							.formatted(name, Arrays.toString(values()))));
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
