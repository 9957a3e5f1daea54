package io.uno.datasource;

import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WrittenLogTests {

	private final WrittenLog log = new WrittenLog();

	@Property(tries = 300)
	void tellsTheLastMomentAtWhichAReplicaHadEverything(
			@ForAll @Size(max = 60) List<@IntRange(min = -2, max = 5) Integer> steps,
			@ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 320) Integer> replayed) {
		WrittenLog tested = new WrittenLog();
		Model model = new Model();
		long moment = 0;
		long value = 1;
		int timeline = 1;
		for (int step : steps) {
			moment += 10;
			if (step == -2) {
				timeline++;
			}
			else if (step == -1) {
				tested.written(new Position("atlas", timeline, value + 1));
			}
			else {
				value += step;
				tested.seen(moment, new Position("atlas", timeline, value));
				model.seen(moment, timeline, value);
			}
		}
		for (int place : replayed) {
			for (int each = 1; each <= timeline; each++) {
				Position position = new Position("atlas", each, place);
				Long expected = model.completeAt(each, place);
				assertThat(tested.completeAt(position)).isEqualTo(expected);
				for (long bound = 0; bound <= moment + 10; bound += 5) {
					assertThat(tested.isComplete(position, bound)).isEqualTo(expected != null && expected >= bound);
				}
			}
		}
	}

	/**
	 * Places are few, so that many are the same and many are where a page begins.
	 */
	@Property(tries = 300)
	void tellsBetweenWhichMomentsAReplicaFellBehind(
			@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 3) Integer> steps,
			@ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 100) Integer> replayed) {
		WrittenLog tested = new WrittenLog();
		Model model = new Model();
		long moment = 0;
		long value = LogPage.SIZE;
		for (int step : steps) {
			moment += 10;
			value += step * (LogPage.SIZE / 2);
			tested.seen(moment, at(1, value));
			model.seen(moment, 1, value);
		}
		for (int place : replayed) {
			long position = place * (LogPage.SIZE / 4L);
			assertThat(tested.gap(at(1, position))).isEqualTo(model.gap(position));
		}
	}

	@Test
	void keepsTheLatestWhenThereAreMoreThanItHolds() {
		int seen = 3 * WrittenLog.CAPACITY + 7;
		for (int i = 1; i <= seen; i++) {
			this.log.seen(i, at(1, 10L * i));
		}
		int oldest = seen - WrittenLog.CAPACITY + 1;
		assertThat(this.log.completeAt(at(1, 10L * seen + 5))).isEqualTo(seen);
		assertThat(this.log.completeAt(at(1, 10L * oldest))).isEqualTo(oldest);
		assertThat(this.log.completeAt(at(1, 10L * oldest - 1))).isNull();
		assertThat(this.log.gap(at(1, 10L * oldest - 1))).isEqualTo(new WrittenLog.Gap(null, (long) oldest));
	}

	@Test
	void nothingIsKnownAtFirst() {
		assertThat(this.log.latest()).isNull();
		assertThat(this.log.completeAt(at(1, 100))).isNull();
		assertThat(this.log.gap(at(1, 100))).isEqualTo(new WrittenLog.Gap(null, null));
		assertThat(this.log.isComplete(at(1, 100), Long.MIN_VALUE)).isFalse();
		assertThat(this.log.isCaughtUp(at(1, 100))).isTrue();
	}

	@Test
	void commitMovesTheLatestPositionButTellsNoMoment() {
		this.log.seen(10, at(1, 100));
		this.log.written(at(1, 200));
		assertThat(this.log.latest()).isEqualTo(at(1, 200));
		assertThat(this.log.completeAt(at(1, 300))).isEqualTo(10);
		assertThat(this.log.isCaughtUp(at(1, 150))).isFalse();
	}

	@Test
	void overtakenCommitDoesNotMoveIt() {
		this.log.written(at(1, 200));
		this.log.written(at(1, 150));
		assertThat(this.log.latest()).isEqualTo(at(1, 200));
	}

	@Test
	void answerThatACommitHasOvertakenStillTellsItsMoment() {
		long asked = System.nanoTime();
		this.log.written(at(1, 200));
		this.log.seen(asked, at(1, 150));
		assertThat(this.log.latest()).isEqualTo(at(1, 200));
		assertThat(this.log.completeAt(at(1, 150))).isEqualTo(asked);
	}

	@Test
	void primaryThatLostTheEndOfItsLogIsBelieved() {
		this.log.seen(System.nanoTime(), at(1, 100));
		long second = System.nanoTime();
		this.log.seen(second, at(1, 200));
		this.log.seen(System.nanoTime(), at(1, 300));
		this.log.written(at(1, 400));
		long asked = System.nanoTime();
		this.log.seen(asked, at(1, 250));
		assertThat(this.log.latest()).isEqualTo(at(1, 250));
		assertThat(this.log.completeAt(at(1, 249))).isEqualTo(second);
		assertThat(this.log.completeAt(at(1, 400))).isEqualTo(asked);
		assertThat(this.log.isCaughtUp(at(1, 250))).isTrue();
	}

	@Test
	void laterTimelineForgetsWhatWasSeenOnTheOneBefore() {
		this.log.seen(10, at(1, 100));
		this.log.seen(20, at(2, 50));
		assertThat(this.log.latest()).isEqualTo(at(2, 50));
		assertThat(this.log.completeAt(at(1, 100))).isNull();
		assertThat(this.log.completeAt(at(2, 100))).isEqualTo(20);
		assertThat(this.log.isCaughtUp(at(1, 100))).isFalse();
	}

	@Test
	void answerOfTheTimelineBeforeIsNotTakenForThePresent() {
		long asked = System.nanoTime();
		this.log.written(at(2, 50));
		this.log.seen(asked, at(1, 100));
		assertThat(this.log.latest()).isEqualTo(at(2, 50));
		assertThat(this.log.completeAt(at(1, 100))).isNull();
		assertThat(this.log.completeAt(at(2, 100))).isNull();
	}

	@Test
	void whoIsOnAnotherTimelineLacksAllThatWasSeenOnThisOne() {
		this.log.seen(10, at(2, 100));
		this.log.seen(20, at(2, 200));
		this.log.seen(30, at(2, 200));
		assertThat(this.log.gap(at(1, 500))).isEqualTo(new WrittenLog.Gap(null, 10L));
		assertThat(this.log.gap(at(2, 199))).isEqualTo(new WrittenLog.Gap(10L, 20L));
		assertThat(this.log.gap(at(2, 200))).isEqualTo(new WrittenLog.Gap(30L, null));
	}

	@Test
	void pageThatWasFlushedInTheMiddleOfARecordIsNothingToBeBehindOf() {
		this.log.seen(10, at(1, LogPage.SIZE - 100));
		this.log.seen(20, at(1, LogPage.SIZE));
		assertThat(this.log.latest()).isEqualTo(at(1, LogPage.SIZE));
		assertThat(this.log.isCaughtUp(at(1, LogPage.SIZE - 50))).isTrue();
		assertThat(this.log.isCaughtUp(at(1, LogPage.SIZE - 101))).isFalse();
		assertThat(this.log.completeAt(at(1, LogPage.SIZE - 50))).isEqualTo(10);
	}

	private static Position at(int timeline, long value) {
		return new Position("atlas", timeline, value);
	}

	/**
	 * What the log holds, kept in the plainest way.
	 */
	private static final class Model {

		private final List<long[]> seen = new ArrayList<>();

		private int timeline;

		private void seen(long moment, int timeline, long value) {
			if (this.timeline != timeline) {
				this.timeline = timeline;
				this.seen.clear();
			}
			this.seen.add(new long[] { moment, value });
		}

		private @Nullable Long completeAt(int timeline, long replayed) {
			Long moment = null;
			for (long[] each : this.seen) {
				if (timeline == this.timeline && each[1] <= replayed) {
					moment = each[0];
				}
			}
			return moment;
		}

		/**
		 * From the first place that the replica lacks, unless a record may go on behind
		 * it, and the last moment before the primary was there.
		 */
		private WrittenLog.Gap gap(long replayed) {
			Long complete = null;
			for (long[] each : this.seen) {
				if (each[1] > replayed && each[1] % LogPage.SIZE != 0) {
					return new WrittenLog.Gap(complete, each[0]);
				}
				complete = each[0];
			}
			return new WrittenLog.Gap(complete, null);
		}

	}

}
