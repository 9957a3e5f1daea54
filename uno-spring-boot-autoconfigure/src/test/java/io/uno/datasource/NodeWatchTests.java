package io.uno.datasource;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeWatchTests {

	private static final Node EAST = Node.replica("atlas", "east", 1);

	private static final SQLException LATE = new SQLException("An I/O error occurred", "08006",
			new SocketTimeoutException("Read timed out"));

	private static final SQLException REFUSED = new SQLException("Connection refused", "08001");

	private static final Duration HOUR = Duration.ofHours(1);

	private final DatabaseWatch database = new DatabaseWatch(
			new Database("atlas", Node.main("atlas"), List.of(EAST), List.of(), List.of()), MonitorSettings.DEFAULTS,
			List.of());

	private final NodeWatch main = new NodeWatch(Node.main("atlas"), this.database);

	private final NodeWatch east = new NodeWatch(EAST, this.database);

	@Test
	void isUpBeforeItIsAsked() {
		assertThat(this.east.state().isUp()).isTrue();
		assertThat(this.east.state().duty()).isEqualTo(Duty.UNKNOWN);
		assertThat(this.east.state().lag()).isNull();
	}

	@Test
	void lateAnswerIsNoVerdictButTwoInARowAre() {
		assertThat(this.east.failed(LATE).after().isUp()).isTrue();
		assertThat(this.east.failed(LATE).after().status()).isEqualTo(NodeStatus.UNREACHABLE);
	}

	@Test
	void answerBetweenTwoLateOnesIsNoVerdictEither() {
		this.east.failed(LATE);
		replica(1, 100L, null);
		assertThat(this.east.failed(LATE).after().isUp()).isTrue();
	}

	@Test
	void refusedConnectionIsAVerdictAtOnce() {
		assertThat(this.east.failed(REFUSED).after().problem()).isEqualTo("Connection refused");
		assertThat(this.east.failed(LATE).after().status()).isEqualTo(NodeStatus.UNREACHABLE);
	}

	@Test
	void lagIsNotKnownBeforeThePrimaryAnswers() {
		NodeState state = replica(1, 100L, HOUR);
		assertThat(state.isUp()).isTrue();
		assertThat(state.lag()).isNull();
		assertThat(state.lagBytes()).isNull();
	}

	@Test
	void replicaWithEverythingThatIsKnownHasNoLagWhateverTheClockSays() {
		main(1, 100);
		NodeState state = replica(1, 100L, HOUR);
		assertThat(state.isUp()).isTrue();
		assertThat(state.lag()).isZero();
		assertThat(state.lagBytes()).isZero();
		assertThat(replica(1, 140L, HOUR).lagBytes()).isZero();
	}

	@Test
	void lagIsTheSmallerOfWhatHistoryAndClockSay() {
		mainAgo(Duration.ofSeconds(5), 1, 100);
		main(1, 300);
		NodeState state = replica(1, 200L, HOUR);
		assertThat(state.lag()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
		assertThat(state.lagBytes()).isEqualTo(100);
		assertThat(replica(1, 200L, Duration.ofSeconds(2)).lag()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void replicaBehindEverythingThatIsKnownIsAsFarBehindAsTheClockSays() {
		main(1, 300);
		NodeState state = replica(1, 200L, HOUR);
		assertThat(state.status()).isEqualTo(NodeStatus.LAGGING);
		assertThat(state.lag()).isEqualTo(HOUR);
		assertThat(state.problem()).isEqualTo("is 3600000 ms behind its primary, more than the 10000 ms allowed");
	}

	@Test
	void replicaBehindEverythingThatIsKnownIsAtLeastBehindByThat() {
		mainAgo(Duration.ofSeconds(60), 1, 300);
		assertThat(replica(1, 200L, null).status()).isEqualTo(NodeStatus.LAGGING);
		assertThat(replica(1, 200L, Duration.ofSeconds(1)).status()).isEqualTo(NodeStatus.LAGGING);
	}

	/**
	 * The same answer again tells nothing of when the replica fell behind.
	 */
	@Test
	void idlePrimaryDoesNotMakeAReplicaFresherThatFellBehind() {
		mainAgo(Duration.ofSeconds(60), 1, 300);
		main(1, 300);
		assertThat(replica(1, 200L, null).status()).isEqualTo(NodeStatus.LAGGING);
	}

	@Test
	void slowClockHidesNoLag() {
		mainAgo(Duration.ofSeconds(90), 1, 100);
		mainAgo(Duration.ofSeconds(60), 1, 300);
		main(1, 300);
		NodeState state = replica(1, 200L, Duration.ZERO);
		assertThat(state.status()).isEqualTo(NodeStatus.LAGGING);
		assertThat(state.lag()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(89));
	}

	@Test
	void commitBehindHalfARecordMakesNoReplicaLag() {
		mainAgo(Duration.ofSeconds(90), 1, LogPage.SIZE - 100);
		mainAgo(Duration.ofSeconds(60), 1, LogPage.SIZE);
		main(1, LogPage.SIZE);
		main(1, LogPage.SIZE + 200);
		NodeState state = replica(1, LogPage.SIZE - 50L, HOUR);
		assertThat(state.isUp()).isTrue();
		assertThat(state.lagBytes()).isEqualTo(250);
	}

	@Test
	void replicaThatStaysOnAnotherTimelineAndTellsNoTimeLags() {
		mainAgo(Duration.ofSeconds(60), 2, 100);
		main(2, 100);
		assertThat(replica(1, 500L, null).status()).isEqualTo(NodeStatus.LAGGING);
		assertThat(replica(1, 500L, Duration.ofSeconds(1)).isUp()).isTrue();
	}

	@Test
	void sinceTellsWhenTheStatusChangedNotTheFigures() {
		main(1, 300);
		NodeState first = replica(1, 200L, Duration.ofSeconds(1));
		NodeState second = replica(1, 250L, Duration.ofSeconds(1));
		assertThat(second.since()).isEqualTo(first.since());
		assertThat(second.lagBytes()).isEqualTo(50);
	}

	@Test
	void positionOfAnotherTimelineNeverCountsAsReplayed() {
		main(2, 100);
		NodeState state = replica(1, 500L, Duration.ofSeconds(1));
		assertThat(this.east.hasReplayed(new Position("atlas", 2, 100))).isFalse();
		assertThat(this.east.hasReplayed(new Position("atlas", 1, 500))).isTrue();
		assertThat(this.east.isComplete(HOUR)).isFalse();
		assertThat(state.lag()).isEqualTo(Duration.ofSeconds(1));
		assertThat(state.lagBytes()).isNull();
		assertThat(replica(1, 500L, HOUR).status()).isEqualTo(NodeStatus.LAGGING);
		assertThat(replica(2, 100L, HOUR).lag()).isZero();
		assertThat(this.east.hasReplayed(new Position("atlas", 2, 100))).isTrue();
		assertThat(this.east.hasReplayed(new Position("atlas", 1, 500))).isFalse();
	}

	@Test
	void replicaThatWasRestoredFromABackupNoLongerHasWhatItHad() {
		replica(1, 500L, null);
		assertThat(this.east.hasReplayed(new Position("atlas", 1, 500))).isTrue();
		replica(1, 300L, null);
		assertThat(this.east.hasReplayed(new Position("atlas", 1, 500))).isFalse();
		assertThat(this.east.replayed()).isEqualTo(new Position("atlas", 1, 300));
	}

	@Test
	void answerThatWasOvertakenTakesNothingBack() {
		long asked = System.nanoTime();
		this.east.replayed(System.nanoTime(), new Position("atlas", 1, 500));
		this.east.answered(asked, report(Duty.REPLICA, 1, 400L, null));
		assertThat(this.east.hasReplayed(new Position("atlas", 1, 500))).isTrue();
	}

	@Test
	void replicaOfAnotherClusterIsRefusedWithBothIdentifiers() {
		this.main.answered(System.nanoTime(), new NodeReport(Duty.PRIMARY, "7001", 1, 100L, null));
		NodeState state = this.east.answered(System.nanoTime(), new NodeReport(Duty.REPLICA, "7002", 1, 100L, null))
			.after();
		assertThat(state.status()).isEqualTo(NodeStatus.REFUSED);
		assertThat(state.problem())
			.isEqualTo("belongs to another cluster than 'atlas.main': its system identifier is 7002, that of its "
					+ "primary 7001; correct the url of one of them");
		assertThat(this.east.hasReplayed(new Position("atlas", 1, 100))).isFalse();
	}

	@Test
	void replicaThatAcceptsWritesIsRefused() {
		NodeState state = this.east.answered(System.nanoTime(), report(Duty.PRIMARY, 1, 100L, null)).after();
		assertThat(state.status()).isEqualTo(NodeStatus.REFUSED);
		assertThat(state.problem()).isEqualTo(
				"is no replica of 'atlas.main': it accepts writes; correct its url, or make it follow its primary");
	}

	@Test
	void mainNodeThatOnlyFollowsHasWrittenNothing() {
		this.main.answered(System.nanoTime(), report(Duty.REPLICA, 1, 100L, null));
		assertThat(this.database.log().latest()).isNull();
	}

	private void main(int timeline, long position) {
		mainAgo(Duration.ZERO, timeline, position);
	}

	private void mainAgo(Duration ago, int timeline, long position) {
		this.main.answered(System.nanoTime() - ago.toNanos(), report(Duty.PRIMARY, timeline, position, null));
	}

	private NodeState replica(int timeline, Long position, @Nullable Duration sinceReplay) {
		return this.east.answered(System.nanoTime(), report(Duty.REPLICA, timeline, position, sinceReplay)).after();
	}

	private static NodeReport report(Duty duty, int timeline, Long position, @Nullable Duration sinceReplay) {
		return new NodeReport(duty, null, timeline, position, sinceReplay);
	}

}
