package io.uno.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import io.uno.session.AsyncSessionTemplate;
import io.uno.session.SessionTemplate;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A program of its own, so that its heap can be limited: starts the application, begins
 * many reads at once on threads of uno's, waits for all of them, and writes a
 * {@link ProgramReport}.
 */
final class AsyncReads {

	/**
	 * How many connections there are for them.
	 */
	static final int CONNECTIONS = 16;

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	private AsyncReads() {
	}

	/**
	 * Runs the program.
	 * @param arguments number of reads, and the file for the report
	 * @throws IOException if the report cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		long reads = Long.parseLong(arguments[0]);
		HeapWatch heap = HeapWatch.start();
		try (ConfigurableApplicationContext context = ReadingApplication
			.start("--spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS)) {
			AsyncSessionTemplate sessions = context.getBean(SessionTemplate.class).async();
			long began = System.nanoTime();
			List<CompletableFuture<Long>> started = LongStream.rangeClosed(1, reads)
				.mapToObj((id) -> sessions.read((session) -> {
					requireVirtualThread();
					return session.find(Reading.class, id).getId();
				}))
				.toList();
			long answered = LongStream.range(0, reads)
				.filter((index) -> started.get((int) index).join() == index + 1)
				.count();
			long millis = (System.nanoTime() - began) / 1_000_000;
			Files.writeString(Path.of(arguments[1]), ProgramReport.of(answered, millis, heap).format());
		}
	}

	/**
	 * Compiled for a Java that can't ask a thread.
	 */
	private static void requireVirtualThread() {
		Thread thread = Thread.currentThread();
		if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS && !thread.toString().startsWith("Virtual")) {
			throw new IllegalStateException("%s is no virtual thread".formatted(thread));
		}
	}

}
