package io.uno.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.Assert;

/**
 * Asks every replica at a regular interval whether it is there and what it does, so that
 * no read waits for one that is gone. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class NodeMonitor implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(NodeMonitor.class);

	private static final Duration LONGEST_PROBE = Duration.ofSeconds(1);

	private static final int VALIDATION_SECONDS = 5;

	private final List<Node> replicas;

	private final Function<Node, HikariDataSource> pools;

	private final Duration interval;

	private final Map<Node, NodeState> states = new ConcurrentHashMap<>();

	private final List<NodeProbe> probes = new ArrayList<>();

	private @Nullable ScheduledExecutorService executor;

	/**
	 * Creates a monitor that asks nobody until it is started.
	 * @param databases the databases whose replicas are asked
	 * @param pools finds the pool of a node
	 * @param interval time between two questions to one replica
	 */
	public NodeMonitor(Databases databases, Function<Node, HikariDataSource> pools, Duration interval) {
		Assert.isTrue(interval.toMillis() > 0, () -> "Interval %s must be at least 1ms".formatted(interval));
		this.replicas = databases.all().stream().flatMap((database) -> database.replicas().stream()).toList();
		this.pools = pools;
		this.interval = interval;
	}

	/**
	 * Tells what is known of a node.
	 * @param node any node
	 * @return its state; of a node not asked yet, that it is reachable with an unknown
	 * duty
	 */
	public NodeState stateOf(Node node) {
		return this.states.computeIfAbsent(node, (unknown) -> NodeState.unknown());
	}

	/**
	 * Takes note that a connection to a node could not be had, without waiting for the
	 * next question.
	 * @param node the node that did not answer
	 * @param cause why
	 */
	public void reportUnreachable(Node node, SQLException cause) {
		update(node, stateOf(node).unreachable(cause));
	}

	/**
	 * Asks a node at once, whether it is one of those that are asked at an interval or
	 * not.
	 * @param node any node
	 * @param pool pool of the node, whose timeouts apply
	 * @return its state after the question
	 */
	public NodeState ask(Node node, DataSource pool) {
		try (Connection connection = pool.getConnection()) {
			if (!connection.isValid(VALIDATION_SECONDS)) {
				throw new SQLException("The connection is no longer valid");
			}
			update(node, NodeState.reachable(Duty.of(connection)));
		}
		catch (SQLException | RuntimeException ex) {
			update(node, stateOf(node).unreachable(ex));
		}
		return stateOf(node);
	}

	/**
	 * Begins to ask; does nothing when it has begun already or there is no replica.
	 */
	public synchronized void start() {
		if (this.executor != null || this.replicas.isEmpty()) {
			return;
		}
		ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(this.replicas.size(), threadFactory());
		this.replicas.forEach((node) -> schedule(scheduler, node));
		this.executor = scheduler;
	}

	private void schedule(ScheduledExecutorService scheduler, Node node) {
		NodeProbe probe = new NodeProbe(node, this.pools.apply(node), LONGEST_PROBE);
		this.probes.add(probe);
		long period = this.interval.toMillis();
		// many instances of an application started at once must not ask in step
		long delay = ThreadLocalRandom.current().nextLong(period);
		scheduler.scheduleWithFixedDelay(() -> ask(node, probe), delay, period, TimeUnit.MILLISECONDS);
	}

	private void ask(Node node, NodeProbe probe) {
		try {
			update(node, NodeState.reachable(probe.ask()));
		}
		catch (SQLException | RuntimeException ex) {
			if (isRunning()) {
				update(node, stateOf(node).unreachable(ex));
			}
		}
	}

	private void update(Node node, NodeState state) {
		NodeState before = stateOf(node);
		if (state.differsFrom(before)) {
			this.states.put(node, state);
			report(node, before, state);
		}
	}

	private void report(Node node, NodeState before, NodeState state) {
		if (!state.reachable()) {
			logger.warn("%s is out of reach%s: %s".formatted(describe(node),
					node.replica() ? ", its reads go elsewhere" : "", state.problem()));
		}
		else if (!before.reachable()) {
			logger.info("%s is back, its duty is %s".formatted(describe(node), state.duty()));
		}
		else {
			logger.debug("The duty of %s is %s".formatted(node, state.duty()));
		}
	}

	private static String describe(Node node) {
		return (node.replica() ? "Replica " : "Node ") + node;
	}

	/**
	 * Stops asking until it is started again.
	 */
	public synchronized void stop() {
		if (this.executor != null) {
			this.executor.shutdownNow();
			this.executor = null;
			this.probes.forEach(NodeProbe::close);
			this.probes.clear();
		}
	}

	@Override
	public void close() {
		stop();
	}

	private synchronized boolean isRunning() {
		return this.executor != null;
	}

	private static CustomizableThreadFactory threadFactory() {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("uno-node-monitor-");
		factory.setDaemon(true);
		return factory;
	}

}
