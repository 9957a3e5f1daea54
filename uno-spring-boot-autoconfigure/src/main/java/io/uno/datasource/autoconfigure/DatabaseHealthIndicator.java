package io.uno.datasource.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import io.uno.datasource.Database;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.NodeState;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells whether a database can do all its work, which takes its primary only, and what
 * each of its nodes does. A lost replica is a detail: its reads go elsewhere.
 */
class DatabaseHealthIndicator implements HealthIndicator {

	private final Database database;

	private final DataSource main;

	private final NodeMonitor monitor;

	DatabaseHealthIndicator(Database database, DataSource main, NodeMonitor monitor) {
		this.database = database;
		this.main = main;
		this.monitor = monitor;
	}

	@Override
	public Health health() {
		NodeState state = this.monitor.ask(this.database.main(), this.main);
		Health.Builder health = Health.status(state.reachable() ? Status.UP : Status.DOWN);
		health.withDetail(this.database.main().name(), describe(state));
		for (Node replica : this.database.replicas()) {
			health.withDetail(replica.name(), describe(this.monitor.stateOf(replica)));
		}
		return health.build();
	}

	private static Map<String, Object> describe(NodeState state) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("duty", state.duty().toString());
		details.put("state", state.status().toString());
		details.put("since", state.since());
		if (state.problem() != null) {
			details.put("problem", state.problem());
		}
		if (state.lag() != null) {
			details.put("lag", state.lag());
		}
		return details;
	}

}
