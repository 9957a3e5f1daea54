package io.uno.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class MeasurementsTests {

	private final Measurements measurements = new Measurements();

	@Test
	void speedIsComparedRoundByRound() {
		add("slow", 10, 20, 40);
		add("fast", 5, 4, 20);
		assertThat(this.measurements.speed("fast", "slow")).isEqualTo(new Interval(2, 2, 5));
		assertThat(this.measurements.time("fast")).isEqualTo(new Interval(5, 4, 20));
	}

	@Test
	void differenceIsTakenRoundByRound() {
		add("slow", 10, 20, 400);
		add("fast", 5, 24, 20);
		assertThat(this.measurements.difference("slow", "fast")).isEqualTo(new Interval(5, -4, 380));
		assertThat(this.measurements.difference("fast", "slow")).isEqualTo(new Interval(-5, -380, 4));
	}

	@Test
	void comparingLeavesTheMeasurementsAsTheyAre() {
		add("slow", 10, 20, 40);
		add("fast", 5, 4, 20);
		this.measurements.difference("slow", "fast");
		this.measurements.speed("fast", "slow");
		assertThat(this.measurements.time("slow")).isEqualTo(new Interval(20, 10, 40));
		assertThat(this.measurements.time("fast")).isEqualTo(new Interval(5, 4, 20));
	}

	@Test
	void unknownPeerIsNamed() {
		assertThatNullPointerException().isThrownBy(() -> this.measurements.time("fast"))
			.withMessage("'fast' was not measured");
	}

	private void add(String peer, double... times) {
		for (double time : times) {
			this.measurements.add(peer, time);
		}
	}

}
