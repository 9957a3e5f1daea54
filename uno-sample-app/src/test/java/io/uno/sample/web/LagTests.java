package io.uno.sample.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lag}.
 */
class LagTests {

	@Test
	void shortLagIsToldInMilliseconds() {
		assertThat(new Lag(Duration.ofNanos(12_900_000))).hasToString("12 ms");
		assertThat(new Lag(Duration.ofMillis(9_999))).hasToString("9999 ms");
	}

	@Test
	void longLagIsToldInSeconds() {
		assertThat(new Lag(Duration.ofMillis(10_000))).hasToString("10 s");
		assertThat(new Lag(Duration.ofMinutes(90))).hasToString("5,400 s");
	}

	@Test
	void lagThatIsNotKnownIsToldAsSuch() {
		assertThat(new Lag(null)).hasToString("unknown");
	}

	@Test
	void primaryHasNone() {
		assertThat(Lag.none()).hasToString("0 ms");
	}

}
