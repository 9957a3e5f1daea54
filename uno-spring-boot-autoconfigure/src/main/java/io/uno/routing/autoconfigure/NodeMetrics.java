package io.uno.routing.autoconfigure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;

/**
 * Measures which replicas are within reach. Primaries are not watched, so that nothing
 * could be told of them.
 */
class NodeMetrics implements MeterBinder {

	private final Databases databases;

	private final NodeMonitor monitor;

	NodeMetrics(Databases databases, NodeMonitor monitor) {
		this.databases = databases;
		this.monitor = monitor;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.databases.all()
			.forEach((database) -> database.replicas().forEach((replica) -> register(registry, replica)));
	}

	/**
	 * Without the duty, which changes: every change would begin another series, and leave
	 * the old one behind.
	 */
	private void register(MeterRegistry registry, Node replica) {
		Gauge.builder("uno.node.state", () -> this.monitor.stateOf(replica).reachable() ? 1 : 0)
			.description("Whether a replica is within reach: 1 if it is, 0 if not")
			.tag("database", replica.database())
			.tag("node", replica.id())
			.register(registry);
	}

}
