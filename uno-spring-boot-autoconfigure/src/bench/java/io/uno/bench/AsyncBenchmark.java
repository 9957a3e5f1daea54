package io.uno.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.uno.embedded.PostgresNode;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads on virtual threads, of which there are many more than connections, in a JVM with
 * a small heap.
 */
final class AsyncBenchmark {

	private static final long READS = 10_000;

	private static final String HEAP = "128m";

	private final BenchmarkOptions options;

	private final PostgresNode node;

	private final JdbcTemplate owner;

	AsyncBenchmark(BenchmarkOptions options, PostgresNode node) {
		this.options = options;
		this.node = node;
		this.owner = new JdbcTemplate(node.dataSource());
	}

	Section run() throws Exception {
		Path java = javaWithVirtualThreads()
			.orElseThrow(() -> new IllegalStateException("There is no JDK 25 for virtual threads; set JAVA_HOME_25"));
		Reading.fill(this.owner, READS);
		try {
			ProgramReport report = new MeasuredProgram(AsyncReads.class, java,
					Files.createDirectories(this.options.work()))
				.run(this.node, READS, HEAP);
			if (report.done() != READS) {
				throw new IllegalStateException("%,d of %,d reads were answered".formatted(report.done(), READS));
			}
			return section(report);
		}
		finally {
			this.owner.execute("drop table reading");
		}
	}

	/**
	 * Found as {@code .ci/run} finds it.
	 */
	private static Optional<Path> javaWithVirtualThreads() throws Exception {
		String configured = System.getenv("JAVA_HOME_25");
		if (configured != null) {
			return Optional.of(Path.of(configured));
		}
		Path installed = Path.of("/usr/lib/jvm");
		if (!Files.isDirectory(installed)) {
			return Optional.empty();
		}
		try (Stream<Path> homes = Files.list(installed)) {
			return homes.filter((home) -> home.getFileName().toString().contains("25"))
				.filter((home) -> Files.isExecutable(home.resolve("bin").resolve("java")))
				.findFirst();
		}
	}

	private static Section section(ProgramReport report) {
		MarkdownTable table = new MarkdownTable("reads", "connections", "seconds", "heap, limit", "most in use",
				"most held");
		table.row(MarkdownTable.figure(report.done(), 0), MarkdownTable.figure(AsyncReads.CONNECTIONS, 0),
				MarkdownTable.figure(report.millis() / 1e3, 1), StreamBenchmark.mebibytes(report.limit()),
				StreamBenchmark.mebibytes(report.peakUsed()), StreamBenchmark.mebibytes(report.peakHeld()));
		return new Section(
				"%,d asynchronous reads at once over %d connections".formatted(report.done(), AsyncReads.CONNECTIONS),
				"""
						A JVM of its own, Java 25 with -Xmx%s, runs a Spring Boot application with Spring Data and Hibernate. It begins
						all reads at once, each of an entity by its key through `sessions.async().read(...)` on a virtual thread, and
						waits for them. None was rejected, each was answered with the entity asked for. *Most in use* is the highest
						before any garbage collection, *most held* the highest after one, Spring and Hibernate included. One run.

						%s"""
					.formatted(HEAP, table),
				List.of());
	}

}
