package io.uno.bench;

import java.nio.file.Files;
import java.util.List;

import io.uno.embedded.PostgresNode;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Inserts a stream in a JVM whose heap could not hold it.
 */
final class StreamBenchmark {

	private static final String HEAP = "128m";

	private final BenchmarkOptions options;

	private final PostgresNode node;

	private final JdbcTemplate owner;

	StreamBenchmark(BenchmarkOptions options, PostgresNode node) {
		this.options = options;
		this.node = node;
		this.owner = new JdbcTemplate(node.dataSource());
	}

	Section run() throws Exception {
		this.owner.execute(Reading.DDL);
		try {
			ProgramReport report = new MeasuredProgram(StreamInsert.class, Files.createDirectories(this.options.work()))
				.run(this.node, this.options.streamRows(), HEAP);
			requireAll();
			return section(report);
		}
		finally {
			this.owner.execute("drop table reading");
		}
	}

	private void requireAll() {
		long rows = this.options.streamRows();
		Long count = this.owner.queryForObject("select count(*) from reading", Long.class);
		Long sum = this.owner.queryForObject("select sum(id) from reading", Long.class);
		if (!Long.valueOf(rows).equals(count) || !Long.valueOf(rows * (rows + 1) / 2).equals(sum)) {
			throw new IllegalStateException(
					"%,d rows were inserted; the server counts %,d with a sum of %,d".formatted(rows, count, sum));
		}
	}

	private Section section(ProgramReport report) {
		MarkdownTable table = new MarkdownTable("rows", "seconds", "heap, limit", "most in use", "most held");
		table.row(MarkdownTable.figure(report.done(), 0), MarkdownTable.figure(report.millis() / 1e3, 1),
				mebibytes(report.limit()), mebibytes(report.peakUsed()), mebibytes(report.peakHeld()));
		return new Section("Inserting %,d entities from a stream with -Xmx%s".formatted(report.done(), HEAP),
				"""
						A JVM of its own runs a Spring Boot application with Spring Data and Hibernate, and inserts by
						`BulkService.insert` from a stream that makes the entities as they are asked for. The server was asked for the
						count and the sum of the keys afterwards; both are those of the stream. *Most in use* is the highest
						before any garbage collection, *most held* the highest after one, Spring and Hibernate included. One run.

						%s"""
					.formatted(table),
				List.of());
	}

	static String mebibytes(long bytes) {
		return MarkdownTable.figure(bytes / (double) (1 << 20), 0) + " MiB";
	}

}
