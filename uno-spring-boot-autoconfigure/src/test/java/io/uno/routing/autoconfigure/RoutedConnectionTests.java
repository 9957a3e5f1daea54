package io.uno.routing.autoconfigure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Databases;
import io.uno.datasource.NodeMonitor;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.ReadSettings;
import io.uno.routing.RouteListener;
import io.uno.routing.RoutingDataSource;
import io.uno.routing.RoutingSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the routed connection in the hands of those who use JDBC themselves.
 */
@Tag("postgres")
class RoutedConnectionTests {

	private static RoutedApplication application;

	private final RoutingDataSource dataSource = application.bean(RoutingDataSource.class);

	private final HikariDataSource pool = application.bean("atlas.main", HikariDataSource.class);

	private final JdbcTemplate jdbc = application.bean(JdbcTemplate.class);

	@BeforeAll
	static void start() {
		application = new RoutedApplication("--uno.databases.atlas.hikari.maximum-pool-size=1");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@AfterEach
	void everythingIsGivenBack() {
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		this.jdbc.update("delete from place");
	}

	@Test
	void closingWithoutCommitRollsBack() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, "insert into place (id, name) values (1, 'half')");
		}
		assertThat(this.jdbc.queryForObject("select count(*) from place", Integer.class)).isZero();
	}

	@Test
	void schemaHoldsForEveryConnectionThatServesTheCallerAndForNobodyElse() throws SQLException {
		this.jdbc.execute("create schema tenant");
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setSchema("tenant");
			assertThat(text(connection, "select current_schema()")).isEqualTo("tenant");
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			assertThat(text(connection, "select current_schema() || pg_is_in_recovery()")).isEqualTo("tenanttrue");
			connection.commit();
			connection.setAutoCommit(true);
			connection.setReadOnly(false);
			assertThat(text(connection, "select current_schema() || pg_is_in_recovery()")).isEqualTo("tenantfalse");
		}
		assertThat(this.jdbc.queryForObject("select current_schema()", String.class)).isEqualTo("public");
		this.jdbc.execute("drop schema tenant");
	}

	@Test
	void schemaIsSetBackInAPoolWithoutAutocommitToo() throws SQLException {
		try (RoutedApplication manual = new RoutedApplication("--uno.hikari.auto-commit=false",
				"--uno.databases.atlas.hikari.maximum-pool-size=1")) {
			DataSource routed = manual.bean(DataSource.class);
			try (Connection connection = routed.getConnection()) {
				execute(connection, "create schema tenant");
				connection.commit();
				connection.setSchema("tenant");
				assertThat(text(connection, "select current_schema()")).isEqualTo("tenant");
				connection.commit();
			}
			try (Connection connection = routed.getConnection()) {
				assertThat(text(connection, "select current_schema()")).isEqualTo("public");
				connection.rollback();
				assertThat(text(connection, "select current_schema()")).isEqualTo("public");
				connection.rollback();
			}
		}
	}

	@Test
	void clientInfoAndHoldabilityAndTimeoutAreSetBack() throws SQLException {
		String before = this.jdbc.queryForObject("select current_setting('application_name')", String.class);
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setClientInfo("ApplicationName", "report");
			connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
			connection.setNetworkTimeout(Runnable::run, 60_000);
			assertThat(text(connection, "select current_setting('application_name')")).isEqualTo("report");
			assertThat(connection.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
			assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
		}
		try (Connection connection = this.dataSource.getConnection()) {
			assertThat(text(connection, "select current_setting('application_name')")).isEqualTo(before);
			assertThat(connection.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
			assertThat(connection.getNetworkTimeout()).isZero();
		}
	}

	@Test
	void stateOfTheServersSessionIsThereInThePlainTransactionThatFollows() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			execute(connection, "create temporary table kept (id int)");
			connection.setAutoCommit(false);
			execute(connection, "insert into kept values (1)");
			connection.commit();
			connection.setAutoCommit(true);
			execute(connection, "drop table kept");
		}
	}

	@Test
	void abortedConnectionLeavesItsPool() throws SQLException {
		Connection connection = this.dataSource.getConnection();
		execute(connection, "select 1");
		connection.abort(Runnable::run);
		assertThat(connection.isClosed()).isTrue();
		connection.close();
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		assertThat(this.jdbc.queryForObject("select 1", Integer.class)).isEqualTo(1);
	}

	@Test
	void validityIsAskedOfTheServer() throws SQLException {
		Connection connection = this.dataSource.getConnection();
		assertThat(connection.isValid(1)).isTrue();
		String backend = text(connection, "select pg_backend_pid()");
		new JdbcTemplate(application.atlas().primary().dataSource())
			.queryForObject("select pg_terminate_backend(?::int)", Boolean.class, backend);
		assertThat(connection.isValid(1)).isFalse();
		// as the pool itself has it
		assertThatExceptionOfType(SQLException.class).isThrownBy(connection::close)
			.withMessage("This connection has been closed.");
	}

	@Test
	void listenerThatFailsCostsNoConnection() {
		RoutingDataSource failing = new RoutingDataSource(application.bean(Databases.class),
				application.bean(DatabaseClaims.class), application.bean(NodeMonitor.class),
				(node) -> application.bean(node.id(), HikariDataSource.class),
				new RoutingSettings((database) -> ReadSettings.DEFAULTS, null, List.of(refusing())));
		for (int i = 0; i < 3; i++) {
			assertThatIllegalStateException().isThrownBy(() -> {
				try (Connection connection = failing.getConnection()) {
					execute(connection, "select 1");
				}
			}).withMessage("no route for you");
		}
	}

	private static RouteListener refusing() {
		return (route) -> {
			throw new IllegalStateException("no route for you");
		};
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String text(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
