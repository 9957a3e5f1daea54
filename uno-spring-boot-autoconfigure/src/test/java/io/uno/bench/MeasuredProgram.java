package io.uno.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.uno.embedded.PostgresNode;

/**
 * Runs a program in a JVM of its own, so that its heap can be limited.
 *
 * @param program its class
 * @param javaHome where the JVM is
 * @param directory where report and log are written
 */
record MeasuredProgram(Class<?> program, Path javaHome, Path directory) {

	/**
	 * A program on the JVM that runs this.
	 */
	MeasuredProgram(Class<?> program, Path directory) {
		this(program, Path.of(System.getProperty("java.home")), directory);
	}

	/**
	 * Runs the program to its end.
	 * @param node where its table is
	 * @param count how many times it does what it does
	 * @param heap how large its heap may be, such as {@code 128m}
	 * @return what it measured
	 * @throws IllegalStateException if it fails, with its log
	 */
	ProgramReport run(PostgresNode node, long count, String heap) throws IOException, InterruptedException {
		String name = this.program.getSimpleName();
		Path report = this.directory.resolve(name + ".txt");
		Path log = this.directory.resolve(name + ".log");
		Files.deleteIfExists(report);
		ProcessBuilder builder = new ProcessBuilder(this.javaHome.resolve("bin").resolve("java").toString(),
				"-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError", this.program.getName(), Long.toString(count),
				report.toString());
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		builder.environment().put("SPRING_DATASOURCE_URL", node.jdbcUrl());
		builder.environment().put("SPRING_DATASOURCE_USERNAME", node.username());
		builder.environment().put("SPRING_DATASOURCE_PASSWORD", node.password());
		int status = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
		if (status != 0) {
			throw new IllegalStateException(
					"%s %,d with -Xmx%s ended with %d: %s".formatted(name, count, heap, status, Files.readString(log)));
		}
		return ProgramReport.parse(Files.readString(report));
	}

}
