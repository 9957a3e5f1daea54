package io.uno.routing.autoconfigure;

import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.routing.RoutingDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Says at start where statements go, and has the replicas watched if they go anywhere but
 * to one primary.
 */
class RoutingLifecycle implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(RoutingLifecycle.class);

	private final Supplier<DataSource> dataSource;

	private final Databases databases;

	private final NodeMonitor monitor;

	private volatile boolean running;

	RoutingLifecycle(Supplier<DataSource> dataSource, Databases databases, NodeMonitor monitor) {
		this.dataSource = dataSource;
		this.databases = databases;
		this.monitor = monitor;
	}

	@Override
	public void start() {
		DataSource actual = this.dataSource.get();
		RoutingDataSource router = router(actual);
		this.running = true;
		if (router != null) {
			// every pool is made now, so that what is wrong with one is told at start
			router.getResolvedDataSources();
			logger.info("Routing %s".formatted(describe()));
			this.monitor.start();
		}
		else {
			logger.warn("Routing is off: the data source was replaced by one of type %s, which all statements go to"
				.formatted(actual.getClass().getName()));
		}
	}

	private static @Nullable RoutingDataSource router(DataSource dataSource) {
		try {
			return dataSource.isWrapperFor(RoutingDataSource.class) ? dataSource.unwrap(RoutingDataSource.class) : null;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look into data source " + dataSource, ex);
		}
	}

	private String describe() {
		return this.databases.all().stream().map(this::describe).collect(Collectors.joining("; "));
	}

	private String describe(Database database) {
		String marker = database.equals(this.databases.getDefault()) ? " (default)" : "";
		if (database.replicas().isEmpty()) {
			return "%s%s: everything to %s".formatted(database.name(), marker, database.main());
		}
		String replicas = database.replicas().stream().map(Node::id).collect(Collectors.joining(", "));
		return "%s%s: read-only transactions to %s, everything else to %s".formatted(database.name(), marker, replicas,
				database.main());
	}

	@Override
	public void stop() {
		this.monitor.stop();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Early, so that the replicas are watched before requests come in and until the last
	 * one has been answered.
	 */
	@Override
	public int getPhase() {
		return 0;
	}

}
