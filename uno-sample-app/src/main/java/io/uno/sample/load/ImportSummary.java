package io.uno.sample.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.uno.sample.atlas.AnsweringNode;
import io.uno.sample.journal.Figures;

/**
 * What came of an import.
 *
 * @param tables what came of each file
 * @param elapsed the time from the first row to the commit
 */
record ImportSummary(List<LoadedTable> tables, Duration elapsed) {

	long rejected() {
		return this.tables.stream().mapToLong((table) -> table.rejections().count()).sum();
	}

	Map<String, Long> unresolved() {
		return this.tables.stream()
			.flatMap((table) -> table.unresolved().entrySet().stream())
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
	}

	Figures figures() {
		return new Figures(loaded("countries"), loaded("regions"), loaded("cities"), rejected(),
				unresolved().getOrDefault("region", 0L));
	}

	private long loaded(String name) {
		return this.tables.stream().filter((table) -> table.name().equals(name)).mapToLong(LoadedTable::loaded).sum();
	}

	/**
	 * Renders the summary for people.
	 * @param reads the node that answers reads
	 */
	List<String> lines(AnsweringNode reads) {
		return Stream.of(rejectedRows(), figuresByTable(), totals(reads)).flatMap(List::stream).toList();
	}

	private List<String> rejectedRows() {
		return this.tables.stream()
			.filter((table) -> table.rejections().count() > 0)
			.flatMap(ImportSummary::rejectedRows)
			.toList();
	}

	private static Stream<String> rejectedRows(LoadedTable table) {
		Rejections rejections = table.rejections();
		long more = rejections.count() - rejections.first().size();
		Stream<String> rows = rejections.first().stream().map((row) -> "  " + row);
		return Stream
			.of(Stream.of("Rejected rows of %s:".formatted(table.file())), rows,
					(more > 0) ? Stream.of(format("  and %,d more", more)) : Stream.<String>empty(), Stream.of(""))
			.flatMap((lines) -> lines);
	}

	private List<String> figuresByTable() {
		Stream<String> head = Stream.of(format("%-12s %9s %9s %9s", "", "read", "loaded", "rejected"));
		return Stream
			.concat(head,
					this.tables.stream()
						.map((table) -> format("%-12s %,9d %,9d %,9d", table.name(), table.read(), table.loaded(),
								table.rejections().count())))
			.toList();
	}

	private List<String> totals(AnsweringNode reads) {
		long loaded = this.tables.stream().mapToLong(LoadedTable::loaded).sum();
		double seconds = this.elapsed.toNanos() / 1e9;
		return List.of(format("%-12s %s", "unresolved", unresolvedByKind()),
				format("%-12s %.1f s, %,d rows per second", "time", seconds, Math.round(loaded / seconds)),
				format("%-12s %s", "reads", reads));
	}

	private String unresolvedByKind() {
		Map<String, Long> unresolved = unresolved();
		return unresolved.isEmpty() ? "none"
				: unresolved.entrySet()
					.stream()
					.map((kind) -> format("%,d %s", kind.getValue(), kind.getKey()))
					.collect(Collectors.joining(", "));
	}

	private static String format(String format, Object... arguments) {
		return String.format(Locale.ROOT, format, arguments);
	}

}
