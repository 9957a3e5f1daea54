package io.uno.bench;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a program measured.
 *
 * @param done how many times it has done what it does
 * @param millis milliseconds that it took
 * @param peakUsed the most bytes of the heap that were in use at any time
 * @param peakHeld the most bytes of the heap that a garbage collection left
 * @param limit bytes that the heap may have
 */
record ProgramReport(long done, long millis, long peakUsed, long peakHeld, long limit) {

	static ProgramReport of(long done, long millis, HeapWatch heap) {
		return new ProgramReport(done, millis, heap.peakUsed(), heap.peakHeld(), Runtime.getRuntime().maxMemory());
	}

	static ProgramReport parse(String line) {
		long[] values = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
		return new ProgramReport(values[0], values[1], values[2], values[3], values[4]);
	}

	String format() {
		return LongStream.of(this.done, this.millis, this.peakUsed, this.peakHeld, this.limit)
			.mapToObj(Long::toString)
			.collect(Collectors.joining(" "));
	}

}
