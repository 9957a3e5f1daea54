package io.uno.routing.autoconfigure;

import io.uno.datasource.Databases;
import io.uno.datasource.Duty;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.session.SessionTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for reads where the pools themselves make every transaction serializable.
 */
@Tag("postgres")
class SerializablePoolTests {

	@Test
	void readsGoToThePrimary() {
		try (RoutedApplication application = new RoutedApplication(
				"--uno.hikari.transaction-isolation=TRANSACTION_SERIALIZABLE")) {
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			String answer = application.bean(SessionTemplate.class)
				.<String, RuntimeException>read((session) -> jdbc.queryForObject(
						"select pg_is_in_recovery() || ' ' || current_setting('transaction_isolation')", String.class));
			assertThat(answer).isEqualTo("false serializable");
			NodeMonitor monitor = application.bean(NodeMonitor.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(monitor.stateOf(replica(application)).duty()).isEqualTo(Duty.REPLICA));
			assertThat(monitor.stateOf(replica(application)).problem()).isNull();
		}
	}

	private static Node replica(RoutedApplication application) {
		return application.bean(Databases.class).get("atlas").replicas().get(0);
	}

}
