package io.uno.datasource;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresNode;

/**
 * The nodes of a database {@code atlas}, watched by a monitor. Closing it stops the
 * monitor and closes the pools.
 */
final class WatchedNodes implements AutoCloseable {

	static final Node MAIN = Node.main("atlas");

	static final Node EAST = Node.replica("atlas", "east", 1);

	static final Node WEST = Node.replica("atlas", "west", 1);

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private final Map<Node, HikariDataSource> pools = new LinkedHashMap<>();

	WatchedNodes with(Node node, PostgresNode server) {
		return with(node, server.jdbcUrl(), server.username(), server.password());
	}

	WatchedNodes with(Node node, String url, String user, String password) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setUsername(user);
		config.setPassword(password);
		config.setPoolName(node.id());
		config.setMaximumPoolSize(2);
		config.setMinimumIdle(0);
		config.setInitializationFailTimeout(-1);
		this.pools.put(node, new HikariDataSource(config));
		return this;
	}

	/**
	 * A monitor that asks often, has time, and allows so much lag.
	 */
	NodeMonitor monitor(Duration maxLag) {
		return monitor(new MonitorSettings(INTERVAL, Duration.ofSeconds(2), maxLag));
	}

	NodeMonitor monitor(MonitorSettings settings) {
		List<Node> replicas = this.pools.keySet().stream().filter(Node::replica).toList();
		Database atlas = new Database("atlas", MAIN, replicas, List.of(), List.of());
		return new NodeMonitor(new Databases(List.of(atlas), "atlas"), this::pool, (database) -> settings,
				List.of(PositionSource.postgres()));
	}

	DataSource pool(Node node) {
		return Objects.requireNonNull(this.pools.get(node));
	}

	@Override
	public void close() {
		this.pools.values().forEach(HikariDataSource::close);
	}

}
