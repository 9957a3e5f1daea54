package io.uno.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.uno.embedded.PostgresNode;

/**
 * Runs {@link StreamInsert} in a JVM of its own.
 */
final class StreamInsertProcess {

	private final PostgresNode node;

	private final Path directory;

	/**
	 * Prepares a run.
	 * @param node where the rows go; the table is there and empty
	 * @param directory where report and log are written
	 */
	StreamInsertProcess(PostgresNode node, Path directory) {
		this.node = node;
		this.directory = directory;
	}

	/**
	 * Runs the program to its end.
	 * @param rows how many rows it inserts
	 * @param heap how large its heap may be, such as {@code 128m}
	 * @return what it measured
	 * @throws IllegalStateException if it fails, with its log
	 */
	StreamInsertReport run(long rows, String heap) throws IOException, InterruptedException {
		Path report = this.directory.resolve("stream-insert.txt");
		Path log = this.directory.resolve("stream-insert.log");
		Files.deleteIfExists(report);
		ProcessBuilder builder = new ProcessBuilder(java(), "-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError",
				StreamInsert.class.getName(), Long.toString(rows), report.toString());
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		builder.environment().put("SPRING_DATASOURCE_URL", this.node.jdbcUrl());
		builder.environment().put("SPRING_DATASOURCE_USERNAME", this.node.username());
		builder.environment().put("SPRING_DATASOURCE_PASSWORD", this.node.password());
		int status = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
		if (status != 0) {
			throw new IllegalStateException("Inserting %,d rows with -Xmx%s ended with %d: %s".formatted(rows, heap,
					status, Files.readString(log)));
		}
		return StreamInsertReport.parse(Files.readString(report));
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

}
