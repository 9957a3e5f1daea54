package io.uno.bench;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class IntervalTests {

	/**
	 * The ranks and probabilities that tables of the binomial distribution give.
	 */
	@ParameterizedTest
	@CsvSource({ "6, 1, 0.969", "8, 1, 0.992", "9, 2, 0.961", "15, 4, 0.965", "20, 6, 0.959", "25, 8, 0.957" })
	void limitsAreOrderStatistics(int count, int rank, double coverage) {
		Interval interval = Interval.of(descending(count));
		assertThat(interval.low()).isEqualTo(rank);
		assertThat(interval.high()).isEqualTo(count + 1 - rank);
		assertThat(interval.median()).isEqualTo((count + 1) / 2.0);
		assertThat(Interval.coverage(count)).isCloseTo(coverage, within(0.0005));
	}

	@ParameterizedTest
	@CsvSource({ "1, 0.0", "3, 0.75", "5, 0.9375" })
	void tooFewMeasurementsGiveTheWidestInterval(int count, double coverage) {
		assertThat(Interval.of(descending(count))).isEqualTo(new Interval((count + 1) / 2.0, 1, count));
		assertThat(Interval.coverage(count)).isEqualTo(coverage);
	}

	@Test
	void measurementsAreLeftInTheirOrder() {
		double[] measurements = { 3, 1, 2 };
		Interval.of(measurements);
		assertThat(measurements).containsExactly(3, 1, 2);
	}

	private static double[] descending(int count) {
		return IntStream.range(0, count).mapToDouble((i) -> count - i).toArray();
	}

}
