package io.uno.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.uno.bulk.BulkResult;
import io.uno.bulk.BulkService;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A program of its own, so that its heap can be limited: starts the application, inserts
 * readings from a stream that makes them as they are asked for, and writes a
 * {@link ProgramReport}.
 */
final class StreamInsert {

	private StreamInsert() {
	}

	/**
	 * Runs the program.
	 * @param arguments number of rows, and the file for the report
	 * @throws IOException if the report cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		long rows = Long.parseLong(arguments[0]);
		HeapWatch heap = HeapWatch.start();
		try (ConfigurableApplicationContext context = ReadingApplication.start()) {
			Stream<Reading> readings = LongStream.rangeClosed(1, rows).mapToObj(Reading::of);
			BulkResult result = context.getBean(BulkService.class).insert(Reading.class).from(readings);
			ProgramReport report = ProgramReport.of(result.inserted(), result.elapsed().toMillis(), heap);
			Files.writeString(Path.of(arguments[1]), report.format());
		}
	}

}
