package io.uno.routing.autoconfigure;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * Measures how the nodes of databases that have replicas are, and how far the replicas
 * are behind. The node of a database without replicas is not watched, so that nothing
 * could be told of it.
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
			.stream()
			.filter((database) -> !database.replicas().isEmpty())
			.flatMap((database) -> database.nodes().stream())
			.forEach((node) -> register(registry, node));
	}

	/**
	 * Without the duty, which changes: every change would begin another series, and leave
	 * the old one behind.
	 */
	private void register(MeterRegistry registry, Node node) {
		register(registry, node, "uno.node.state", null, "Whether a node is up: 1 if it is, 0 if not",
				(state) -> state.isUp() ? 1 : 0);
		if (node.replica()) {
			register(registry, node, "uno.replica.lag", "seconds",
					"How long ago a replica had everything that its primary had written", NodeMetrics::seconds);
			register(registry, node, "uno.replica.lag.bytes", BaseUnits.BYTES,
					"How much of its primary's log a replica has yet to replay", NodeMetrics::bytes);
		}
	}

	private void register(MeterRegistry registry, Node node, String name, @Nullable String unit, String description,
			ToDoubleFunction<NodeState> value) {
		Gauge.builder(name, () -> value.applyAsDouble(this.monitor.stateOf(node)))
			.description(description)
			.baseUnit(unit)
			.tag("database", node.database())
			.tag("node", node.id())
			.register(registry);
	}

	private static double seconds(NodeState state) {
		Duration lag = state.lag();
		return (lag != null) ? lag.toNanos() / 1e9 : Double.NaN;
	}

	private static double bytes(NodeState state) {
		Long bytes = state.lagBytes();
		return (bytes != null) ? bytes : Double.NaN;
	}

}
