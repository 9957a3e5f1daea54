package io.uno.datasource;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static io.uno.datasource.WatchedNodes.EAST;
import static io.uno.datasource.WatchedNodes.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("postgres")
@ExtendWith(OutputCaptureExtension.class)
class PostgresPositionSourceTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(1);

	/**
	 * Looks into this schema before the system's cluster.
	 */
	private static final String CLOUD = "?options=-c%20search_path=cloud,pg_catalog,public";

	private final PositionSource source = PositionSource.postgres();

	@BeforeAll
	static void createRoleWithoutPrivileges() {
		JdbcTemplate superuser = new JdbcTemplate(cluster.primary().superuserDataSource());
		superuser.execute("drop role if exists visitor");
		superuser.execute("create role visitor login password 'visitor'");
		JdbcTemplate owner = new JdbcTemplate(cluster.primary().dataSource());
		owner.execute("create table city (name text)");
		owner.execute("create schema cloud");
		owner.execute("""
				create function cloud.pg_current_wal_flush_lsn() returns pg_lsn language plpgsql as $$
				begin
					raise feature_not_supported using message = 'Function is not supported here';
				end $$""");
		owner.execute(
				"create function cloud.pg_last_wal_replay_lsn() returns pg_lsn language sql as 'select null::pg_lsn'");
		cluster.replica("replica-1").awaitReplay();
	}

	@AfterAll
	static void close() {
		JdbcTemplate superuser = new JdbcTemplate(cluster.primary().superuserDataSource());
		superuser.execute("drop role visitor");
		cluster.close();
	}

	@Test
	void anyRoleMayAskAPrimary() throws SQLException {
		try (Connection connection = connect(cluster.primary(), "visitor", "visitor", "")) {
			NodeReport report = this.source.report(connection);
			assertThat(report.duty()).isEqualTo(Duty.PRIMARY);
			assertThat(report.cluster()).matches("\\d{15,20}");
			assertThat(report.timeline()).isEqualTo(1);
			assertThat(report.position()).isPositive();
			assertThat(report.sinceReplay()).isNull();
			Position written = this.source.written("atlas", connection, true);
			assertThat(written.reaches(report.at("atlas"))).isTrue();
			assertThat(this.source.replayed("atlas", connection)).isNull();
		}
	}

	@Test
	void anyRoleMayAskAReplica() throws SQLException {
		PostgresNode replica = cluster.replica("replica-1");
		try (Connection connection = connect(replica, "visitor", "visitor", "");
				Connection main = connect(cluster.primary(), "visitor", "visitor", "")) {
			NodeReport report = this.source.report(connection);
			assertThat(report.duty()).isEqualTo(Duty.REPLICA);
			assertThat(report.cluster()).isEqualTo(this.source.report(main).cluster());
			assertThat(report.timeline()).isEqualTo(1);
			assertThat(report.sinceReplay()).isBetween(Duration.ZERO, Duration.ofHours(1));
			Position replayed = this.source.replayed("atlas", connection);
			assertThat(replayed.reaches(report.at("atlas"))).isTrue();
			assertThat(this.source.written("atlas", connection, true)).isNull();
		}
	}

	@Test
	void whoMayReadStatisticsIsToldAsMuch() throws SQLException {
		try (Connection connection = cluster.replica("replica-1").superuserDataSource().getConnection()) {
			assertThat(this.source.report(connection).timeline()).isEqualTo(1);
		}
	}

	/**
	 * What is not flushed at the commit is not at the flush position either, and the
	 * insert position is none that the replica ever reports where a page just began.
	 */
	@Test
	void everyAcknowledgedCommitIsReachedWhereItIsNotFlushed() throws SQLException {
		String asynchronous = "?options=-c%20synchronous_commit=off";

		try (Connection writer = connect(cluster.primary(), cluster.username(), cluster.password(), asynchronous);
				Statement statement = writer.createStatement()) {
			for (int i = 0; i < 300; i++) {
				statement.execute("insert into city values (repeat('x', %d))".formatted(i % 50));
				Position position = this.source.written("atlas", writer, true);
				Long inserted = inserted(statement);
				assertThat(position.value()).isBetween(inserted - LogPage.FILE_HEADER, inserted);
			}
			Position last = this.source.written("atlas", writer, true);
			cluster.replica("replica-1").awaitReplay();
			try (Connection replica = cluster.replica("replica-1").dataSource().getConnection()) {
				Awaitility.await().until(() -> this.source.replayed("atlas", replica).reaches(last));
			}
		}
	}

	private static Long inserted(Statement statement) throws SQLException {
		try (ResultSet answer = statement.executeQuery("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
			answer.next();
			return answer.getLong(1);
		}
	}

	@Test
	void functionThatIsThereInNameOnlyIsNotSupported() throws SQLException {
		try (Connection connection = connect(cluster.primary(), cluster.username(), cluster.password(), CLOUD)) {
			assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
				.isThrownBy(() -> this.source.report(connection))
				.withMessageStartingWith("ERROR: Function is not supported here");
			assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
				.isThrownBy(() -> this.source.written("atlas", connection, true));
		}
		try (Connection connection = connect(cluster.replica("replica-1"), cluster.username(), cluster.password(),
				CLOUD)) {
			assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
				.isThrownBy(() -> this.source.replayed("atlas", connection))
				.withMessage("the server has no position in a log");
		}
	}

	@Test
	void serversThatOnlyLookLikePostgresAreFoundOutOnce(CapturedOutput output) throws SQLException {
		try (WatchedNodes nodes = new WatchedNodes()
			.with(MAIN, cluster.primary().jdbcUrl() + CLOUD, cluster.username(), cluster.password())
			.with(EAST, cluster.replica("replica-1").jdbcUrl() + CLOUD, cluster.username(), cluster.password());
				NodeMonitor monitor = nodes.monitor(MonitorSettings.DEFAULTS)) {
			assertThat(monitor.tellsPositions("atlas")).isTrue();
			try (Connection connection = nodes.pool(MAIN).getConnection()) {
				assertThat(monitor.written("atlas", connection, true).isTime()).isTrue();
			}
			assertThat(monitor.tellsPositions("atlas")).isFalse();
			monitor.start();
			assertThat(monitor.stateOf(MAIN).duty()).isEqualTo(Duty.PRIMARY);
			assertThat(monitor.stateOf(EAST).duty()).isEqualTo(Duty.REPLICA);
			assertThat(monitor.stateOf(EAST).isUp()).isTrue();
			assertThat(monitor.stateOf(EAST).lag()).isNull();
			assertThat(output)
				.containsOnlyOnce("The servers of 'atlas' tell no positions: ERROR: Function is not supported here");
		}
	}

	private static Connection connect(PostgresNode node, String user, String password, String parameters)
			throws SQLException {
		return new DriverManagerDataSource(node.jdbcUrl() + parameters, user, password).getConnection();
	}

}
