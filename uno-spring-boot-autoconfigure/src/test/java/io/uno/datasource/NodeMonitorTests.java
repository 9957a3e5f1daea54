package io.uno.datasource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresReplica;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static io.uno.datasource.WatchedNodes.EAST;
import static io.uno.datasource.WatchedNodes.MAIN;
import static io.uno.datasource.WatchedNodes.WEST;
import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
@ExtendWith(OutputCaptureExtension.class)
class NodeMonitorTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(2);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration SHORT = Duration.ofMillis(300);

	private final PostgresReplica east = cluster.replica("replica-1");

	private final PostgresReplica west = cluster.replica("replica-2");

	private final JdbcTemplate writer = new JdbcTemplate(cluster.primary().dataSource());

	private WatchedNodes nodes;

	private NodeMonitor monitor;

	@BeforeAll
	static void createTable() {
		new JdbcTemplate(cluster.primary().dataSource()).execute("create table city (name text)");
	}

	@BeforeEach
	void connect() {
		this.nodes = new WatchedNodes().with(MAIN, cluster.primary()).with(EAST, this.east).with(WEST, this.west);
	}

	@AfterEach
	void stop() {
		if (this.monitor != null) {
			this.monitor.close();
		}
		this.nodes.close();
		cluster.heal();
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void everyNodeIsKnownWhenTheStartReturns() {
		watch(HOUR);
		assertThat(this.monitor.stateOf(MAIN).duty()).isEqualTo(Duty.PRIMARY);
		assertThat(this.monitor.stateOf(EAST).duty()).isEqualTo(Duty.REPLICA);
		assertThat(this.monitor.stateOf(WEST).duty()).isEqualTo(Duty.REPLICA);
		assertThat(this.monitor.tellsPositions("atlas")).isTrue();
		assertThat(this.monitor.latestWritten("atlas")).isNotNull();
	}

	@Test
	void lagIsToldInSecondsAndBytesWhileReplayIsPaused() {
		watch(HOUR);
		this.east.pauseReplay();
		write();
		await().until(() -> lag(EAST).compareTo(SHORT) > 0);
		assertThat(this.monitor.stateOf(EAST).lagBytes()).isPositive();
		assertThat(this.monitor.stateOf(EAST).isUp()).isTrue();
		await().until(() -> lag(WEST).isZero());
		this.east.resumeReplay();
		await().until(() -> lag(EAST).isZero());
		assertThat(this.monitor.stateOf(EAST).lagBytes()).isZero();
	}

	@Test
	void thereIsNoLagOnAnIdlePrimary() {
		watch(SHORT);
		awaitReplicasUp();
		await().during(Duration.ofSeconds(1)).until(() -> isUpWithoutLag(EAST) && isUpWithoutLag(WEST));
	}

	/**
	 * A transaction that stays open while a page is flushed in the middle of one of its
	 * records.
	 */
	@Test
	void thereIsNoLagBehindHalfARecord() throws SQLException {
		watch(SHORT);
		try (Connection connection = cluster.primary().dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			await().pollInterval(Duration.ofMillis(50)).during(Duration.ofSeconds(1)).until(() -> {
				if (!isFlushedInTheMiddleOfARecord()) {
					statement.execute("insert into city select repeat('x', 300) from generate_series(1, 40)");
				}
				Long bytes = this.monitor.stateOf(EAST).lagBytes();
				return bytes != null && bytes > 0 && isUpWithoutLag(EAST);
			});
			connection.rollback();
		}
	}

	private boolean isFlushedInTheMiddleOfARecord() {
		Boolean boundary = this.writer.queryForObject("select (pg_current_wal_flush_lsn() - '0/0') % 8192 = 0 "
				+ "and pg_current_wal_flush_lsn() < pg_current_wal_insert_lsn()", Boolean.class);
		return Boolean.TRUE.equals(boundary);
	}

	@Test
	void replicaThatLostItsStreamIsNotTakenForFresh() {
		watch(Duration.ofSeconds(2));
		JdbcTemplate superuser = new JdbcTemplate(this.east.superuserDataSource());
		String primary = Objects.requireNonNull(superuser.queryForObject("show primary_conninfo", String.class));
		follow(superuser, "");
		try {
			await().until(() -> Integer.valueOf(0)
				.equals(superuser.queryForObject("select count(*) from pg_stat_wal_receiver", Integer.class)));
			write();
			await().until(() -> this.monitor.stateOf(EAST).status() == NodeStatus.LAGGING);
			assertThat(this.monitor.watch(EAST).isComplete(Duration.ofSeconds(2))).isFalse();
			assertThat(this.monitor.watch(WEST).isComplete(Duration.ofSeconds(2))).isTrue();
		}
		finally {
			follow(superuser, primary);
		}
		await().until(() -> isUpWithoutLag(EAST));
		await().until(() -> this.monitor.watch(EAST).isComplete(Duration.ofSeconds(2)));
	}

	private static void follow(JdbcTemplate superuser, String primary) {
		superuser.execute("alter system set primary_conninfo = '" + primary.replace("'", "''") + "'");
		superuser.execute("select pg_reload_conf()");
	}

	@Test
	void replicaIsLeftOutBeyondItsMaximumLagAndBackWhenItHasCaughtUp(CapturedOutput output) {
		watch(SHORT);
		awaitReplicasUp();
		this.east.pauseReplay();
		write();
		await().until(() -> this.monitor.stateOf(EAST).status() == NodeStatus.LAGGING);
		NodeState lagging = this.monitor.stateOf(EAST);
		assertThat(lagging.problem()).matches("is \\d+ ms behind its primary, more than the 300 ms allowed");
		assertThat(lagging.lag()).isGreaterThan(SHORT);
		assertThat(lagging.reachable()).isTrue();
		assertThat(this.monitor.stateOf(WEST).isUp()).isTrue();
		this.east.resumeReplay();
		await().until(() -> isUpWithoutLag(EAST));
		assertThat(output).containsOnlyOnce(" behind its primary, more than the 300 ms allowed; its reads go elsewhere")
			.contains("Replica atlas.east is back, its duty is replica");
	}

	@Test
	void replicaThatIsAbsentAtTheStartJoinsLater() {
		this.west.stop();
		long begin = System.nanoTime();
		watch(HOUR);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(3500));
		await().until(() -> this.monitor.stateOf(WEST).status() == NodeStatus.UNREACHABLE);
		assertThat(this.monitor.stateOf(EAST).isUp()).isTrue();
		this.west.start();
		await().until(() -> isUpWithoutLag(WEST));
		assertThat(this.monitor.stateOf(WEST).duty()).isEqualTo(Duty.REPLICA);
	}

	@Test
	void replicasStayUpWhileTheirPrimaryIsAway() {
		watch(SHORT);
		awaitReplicasUp();
		cluster.primary().stop();
		await().until(() -> this.monitor.stateOf(MAIN).status() == NodeStatus.UNREACHABLE);
		await().during(Duration.ofSeconds(1)).until(() -> isUpWithoutLag(EAST) && isUpWithoutLag(WEST));
		cluster.primary().start();
		await().until(() -> this.monitor.stateOf(MAIN).isUp());
	}

	@Test
	void nodeThatNoLongerAnswersIsOutOfReachUntilItDoes() {
		this.monitor = this.nodes
			.monitor(new MonitorSettings(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofSeconds(30)));
		this.monitor.start();
		this.east.blackHole();
		await().until(() -> this.monitor.stateOf(EAST).status() == NodeStatus.UNREACHABLE);
		this.east.restore();
		await().until(() -> isUpWithoutLag(EAST));
	}

	@Test
	void replicaOfAnotherClusterIsRefused(CapturedOutput output) {
		try (PostgresCluster other = PostgresCluster.builder().replicas(0).startShared(1)) {
			this.nodes.with(WEST, other.primary());
			this.monitor = this.nodes.monitor(new MonitorSettings(HOUR, Duration.ofSeconds(2), HOUR));
			this.monitor.start();
			NodeState state = this.monitor.stateOf(WEST);
			assertThat(state.status()).isEqualTo(NodeStatus.REFUSED);
			assertThat(state.problem())
				.isEqualTo("belongs to another cluster than 'atlas.main': its system identifier is " + cluster(other)
						+ ", that of its primary " + cluster(cluster) + "; correct the url of one of them");
			assertThat(output).containsOnlyOnce("Replica atlas.west " + state.problem() + "; nothing is read from it");
			assertThat(this.monitor.stateOf(EAST).isUp()).isTrue();
		}
	}

	private static String cluster(PostgresCluster asked) {
		return Objects.requireNonNull(new JdbcTemplate(asked.primary().superuserDataSource())
			.queryForObject("select system_identifier::text from pg_control_system()", String.class));
	}

	@Test
	void replicaThatIsThePrimaryIsRefused() {
		this.nodes.with(WEST, cluster.primary());
		watch(HOUR);
		assertThat(this.monitor.stateOf(WEST).status()).isEqualTo(NodeStatus.REFUSED);
		assertThat(this.monitor.stateOf(WEST).problem()).isEqualTo(
				"is no replica of 'atlas.main': it accepts writes; correct its url, or make it follow its primary");
		assertThat(this.monitor.stateOf(WEST).duty()).isEqualTo(Duty.PRIMARY);
	}

	@Test
	void mainNodeThatOnlyFollowsIsToldOf(CapturedOutput output) {
		this.nodes.with(MAIN, this.west);
		watch(HOUR);
		assertThat(this.monitor.stateOf(MAIN).duty()).isEqualTo(Duty.REPLICA);
		assertThat(output).containsOnlyOnce("Node atlas.main follows another server and accepts no writes");
		assertThat(this.monitor.latestWritten("atlas")).isNull();
	}

	@Test
	void positionOfACommitIsReplayedOnlyByWhoHasIt() throws SQLException {
		this.monitor = this.nodes.monitor(HOUR);
		this.east.pauseReplay();
		Position position = written();
		assertThat(this.monitor.latestWritten("atlas")).isEqualTo(position);
		assertThat(this.monitor.watch(WEST).hasReplayed(position)).isFalse();
		this.west.awaitReplay();
		assertThat(hasReplayed(WEST, position)).isTrue();
		assertThat(this.monitor.watch(WEST).hasReplayed(position)).isTrue();
		assertThat(this.monitor.watch(WEST).replayed())
			.satisfies((replayed) -> assertThat(replayed.reaches(position)).isTrue());
		assertThat(hasReplayed(EAST, position)).isFalse();
		assertThat(this.monitor.watch(EAST).hasReplayed(position)).isFalse();
		this.east.resumeReplay();
		this.east.awaitReplay();
		assertThat(hasReplayed(EAST, position)).isTrue();
	}

	@Test
	void probesLearnWhatIsReplayedWithoutBeingAskedForIt() throws SQLException {
		watch(HOUR);
		Position position = written();
		await().until(
				() -> this.monitor.watch(EAST).hasReplayed(position) && this.monitor.watch(WEST).hasReplayed(position));
	}

	@Test
	void replicaIsCompleteUpToAMomentOnlyWhileItFollows() {
		watch(HOUR);
		await().until(() -> this.monitor.watch(EAST).isComplete(Duration.ofSeconds(1)));
		this.east.pauseReplay();
		write();
		await().until(() -> !this.monitor.watch(EAST).isComplete(Duration.ofSeconds(1)));
		assertThat(this.monitor.watch(EAST).isComplete(HOUR)).isTrue();
		assertThat(this.monitor.watch(WEST).isComplete(Duration.ofSeconds(1))).isTrue();
	}

	@Test
	void nobodyIsCompleteWhenThePrimaryWasNotAskedSince() {
		watch(HOUR);
		await().until(() -> this.monitor.watch(EAST).isComplete(Duration.ofSeconds(1)));
		this.monitor.stop();
		await().until(() -> !this.monitor.watch(EAST).isComplete(Duration.ofMillis(50)));
		assertThat(this.monitor.watch(EAST).isComplete(HOUR)).isTrue();
	}

	/**
	 * The numbers on the old timeline have gone further than on the new one.
	 */
	@Test
	void replicaOfTheOldTimelineHasNothingOfTheNewOne() throws SQLException {
		this.nodes.with(MAIN, this.east);
		this.monitor = this.nodes.monitor(HOUR);
		this.east.promote();
		Position position = written();
		assertThat(position.timeline()).isEqualTo(2);
		this.writer.execute("insert into city select repeat('x', 300) from generate_series(1, 100)");
		this.west.awaitReplay();
		assertThat(hasReplayed(WEST, position)).isFalse();
		Position replayed = Objects.requireNonNull(this.monitor.watch(WEST).replayed());
		assertThat(replayed.timeline()).isEqualTo(1);
		assertThat(replayed.value()).isGreaterThan(position.value());
		assertThat(this.monitor.watch(WEST).hasReplayed(position)).isFalse();
	}

	@Test
	void probesLeaveTheTimeoutOfOtherPoolsAlone() {
		int before = DriverManager.getLoginTimeout();
		DriverManager.setLoginTimeout(17);
		try {
			watch(HOUR);
			assertThat(DriverManager.getLoginTimeout()).isEqualTo(17);
		}
		finally {
			DriverManager.setLoginTimeout(before);
		}
	}

	@Test
	void watchesAgainWhenItIsStartedAgain() {
		watch(HOUR);
		this.monitor.stop();
		this.east.pauseReplay();
		write();
		this.monitor.start();
		await().until(() -> !lag(EAST).isZero());
	}

	private void watch(Duration maxLag) {
		this.monitor = this.nodes.monitor(maxLag);
		this.monitor.start();
	}

	private void write() {
		this.writer.execute("insert into city values ('Bern')");
	}

	private Position written() throws SQLException {
		try (Connection connection = this.nodes.pool(MAIN).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("insert into city values ('Bern')");
			return this.monitor.written("atlas", connection, true);
		}
	}

	private boolean hasReplayed(Node replica, Position position) throws SQLException {
		try (Connection connection = this.nodes.pool(replica).getConnection()) {
			return this.monitor.askWhetherReplayed(replica, connection, position);
		}
	}

	private void awaitReplicasUp() {
		await().until(() -> isUpWithoutLag(EAST) && isUpWithoutLag(WEST));
	}

	private boolean isUpWithoutLag(Node node) {
		NodeState state = this.monitor.stateOf(node);
		return state.isUp() && Duration.ZERO.equals(state.lag());
	}

	private Duration lag(Node node) {
		Duration lag = this.monitor.stateOf(node).lag();
		return (lag != null) ? lag : Duration.ZERO;
	}

	private static ConditionFactory await() {
		return Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(20));
	}

}
