package io.uno.bench;

import io.uno.bench.Target.Bound;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TargetTests {

	@ParameterizedTest
	@CsvSource({ "AT_LEAST, 0.9, 0.9, 0.8, 1.0, true", "AT_LEAST, 0.9, 0.89, 0.8, 1.0, false",
			"AT_LEAST, 0.9, 0.8, 0.7, 0.85, false", "AT_MOST, 2, 2, 1.9, 2.2, true",
			"AT_MOST, 2, 2.1, 1.9, 2.2, false" })
	void medianDecides(Bound bound, double limit, double median, double low, double high, boolean met) {
		assertThat(new Target("speed", bound, limit, new Interval(median, low, high)).isMet()).isEqualTo(met);
	}

	@ParameterizedTest
	@CsvSource({ "1.2, 0.9, 1.5, true", "1.2, 1.0, 1.5, true", "0.8, 0.7, 1.0, true", "1.04, 1.01, 1.07, true",
			"1.05, 1.01, 1.07, true", "1.06, 1.01, 1.07, false", "0.5, 0.4, 0.6, true" })
	void ratioIsLevelWhenItsIntervalContainsOne(double median, double low, double high, boolean met) {
		assertThat(new Target("time", Bound.LEVEL_OR_AT_MOST, 1.05, new Interval(median, low, high)).isMet())
			.isEqualTo(met);
	}

	@ParameterizedTest
	@CsvSource({ "1.2, 1.01, 1.5, true", "1.2, 1.0, 1.5, false", "1.2, 0.9, 1.5, false", "0.8, 0.7, 0.9, false" })
	void intervalLiesWhollyAbove(double median, double low, double high, boolean met) {
		assertThat(new Target("time", Bound.WHOLLY_ABOVE, 1, new Interval(median, low, high)).isMet()).isEqualTo(met);
	}

}
