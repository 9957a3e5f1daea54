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

}
