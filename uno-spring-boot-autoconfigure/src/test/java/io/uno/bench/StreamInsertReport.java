package io.uno.bench;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What the program {@link StreamInsert} measured.
 *
 * @param written rows that it wrote
 * @param millis milliseconds that the insert took
 * @param peakUsed the most bytes of the heap that were in use at any time
 * @param peakHeld the most bytes of the heap that a garbage collection left
 * @param limit bytes that the heap may have
 */
record StreamInsertReport(long written, long millis, long peakUsed, long peakHeld, long limit) {

	static StreamInsertReport parse(String line) {
		long[] values = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
		return new StreamInsertReport(values[0], values[1], values[2], values[3], values[4]);
	}

	String format() {
		return LongStream.of(this.written, this.millis, this.peakUsed, this.peakHeld, this.limit)
			.mapToObj(Long::toString)
			.collect(Collectors.joining(" "));
	}

}
