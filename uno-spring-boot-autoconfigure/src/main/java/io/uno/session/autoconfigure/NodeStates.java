package io.uno.session.autoconfigure;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import javax.sql.DataSource;

import io.uno.datasource.Databases;
import io.uno.datasource.MonitorSettings;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.NodeState;
import io.uno.routing.RoutingDataSource;

/**
 * Tells the state of nodes: of replicas what the monitor knows, of a primary, which
 * nobody watches, what it says itself.
 *
 * @param dataSource the application's data source
 * @param monitor watches the replicas
 */
record NodeStates(DataSource dataSource, NodeMonitor monitor) implements Function<Node, NodeState> {

	/**
	 * A monitor for a database without replicas.
	 */
	static NodeMonitor unwatched(Databases databases) {
		return new NodeMonitor(databases, (node) -> {
			throw new IllegalStateException("Node %s is not watched".formatted(node));
		}, (database) -> MonitorSettings.DEFAULTS, List.of());
	}

	@Override
	public NodeState apply(Node node) {
		return node.replica() ? this.monitor.stateOf(node) : this.monitor.ask(node, pool(node));
	}

	private DataSource pool(Node node) {
		try {
			if (!this.dataSource.isWrapperFor(RoutingDataSource.class)) {
				return this.dataSource;
			}
			return Objects.requireNonNull(
					this.dataSource.unwrap(RoutingDataSource.class).getResolvedDataSources().get(node.id()));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look into data source " + this.dataSource, ex);
		}
	}

}
