package io.uno.session;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import org.springframework.util.backoff.BackOffExecution;

import static org.assertj.core.api.Assertions.assertThat;

class FullJitterBackOffTests {

	@Property(tries = 200)
	void eachWaitIsWithinALimitThatDoublesUpToTheLongest(@ForAll @IntRange(min = 1, max = 50) int first,
			@ForAll @IntRange(min = 1, max = 12) int retries) {
		long longest = first * 10L;
		BackOffExecution waits = new FullJitterBackOff(Duration.ofMillis(first), Duration.ofMillis(longest), retries)
			.start();
		for (int retry = 0; retry < retries; retry++) {
			assertThat(waits.nextBackOff()).isBetween(0L, Math.min(first * (1L << retry), longest));
		}
		assertThat(waits.nextBackOff()).isEqualTo(BackOffExecution.STOP);
	}

	@Test
	void waitsAreSpreadOverAllOfTheLimit() {
		FullJitterBackOff backOff = new FullJitterBackOff(Duration.ofMillis(3), Duration.ofMillis(3), 1);
		List<Long> waits = IntStream.range(0, 1000).mapToObj((i) -> backOff.start().nextBackOff()).toList();
		assertThat(waits).contains(0L, 1L, 2L, 3L);
	}

	@Test
	void withoutARetryItStopsAtOnce() {
		assertThat(new FullJitterBackOff(Duration.ofMillis(3), Duration.ofMillis(3), 0).start().nextBackOff())
			.isEqualTo(BackOffExecution.STOP);
	}

}
