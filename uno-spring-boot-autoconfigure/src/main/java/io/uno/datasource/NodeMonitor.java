package io.uno.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Asks every node of a database that has replicas, at a regular interval, whether it is
 * there, what it does and how far it is, so that no read waits for a replica that is gone
 * or is answered by one that is far behind. What those who read and write find out
 * meanwhile is taken into account.
 * <p>
 * Nodes of a database without replicas are not asked, as nothing depends on the answer.
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class NodeMonitor implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(NodeMonitor.class);

	/**
	 * How long the start of an application waits for the first answers.
	 */
	private static final Duration FIRST_ANSWERS = Duration.ofMillis(1500);

	private static final int VALIDATION_SECONDS = 5;

	private final Databases databases;

	private final Function<Node, DataSource> pools;

	private final Map<String, DatabaseWatch> watchedDatabases = new LinkedHashMap<>();

	private final Map<Node, NodeWatch> watchedNodes = new LinkedHashMap<>();

	private final List<NodeProbe> probes = new ArrayList<>();

	private volatile @Nullable ScheduledExecutorService executor;

	/**
	 * Creates a monitor that asks nobody until it is started.
	 * @param databases the databases whose nodes are asked
	 * @param pools finds the pool of a node; from Hikari's its settings are taken for a
	 * connection beside it, from another one the connection itself
	 * @param settings how the nodes of a database, found by its name, are asked
	 * @param sources know how to ask servers for positions, the first one that supports a
	 * server is taken
	 */
	public NodeMonitor(Databases databases, Function<Node, DataSource> pools,
			Function<String, MonitorSettings> settings, List<PositionSource> sources) {
		this.databases = databases;
		this.pools = pools;
		for (Database database : databases.all()) {
			DatabaseWatch watch = new DatabaseWatch(database, settings.apply(database.name()), sources);
			this.watchedDatabases.put(database.name(), watch);
			database.nodes().forEach((node) -> this.watchedNodes.put(node, new NodeWatch(node, watch)));
		}
	}

	/**
	 * Tells what is known of a node.
	 * @param node any node
	 * @return its state; of a node not asked yet, that it is up with an unknown duty
	 */
	public NodeState stateOf(Node node) {
		return watch(node).state();
	}

	/**
	 * Finds what is known of a node, for those who look often.
	 * @param node any node
	 * @return what is known of it now and later on
	 */
	public NodeWatch watch(Node node) {
		NodeWatch watch = this.watchedNodes.get(node);
		if (watch == null) {
			throw new IllegalArgumentException(
					"Node '%s' is not watched; known: %s".formatted(node, this.watchedNodes.keySet()));
		}
		return watch;
	}

	private DatabaseWatch watch(String database) {
		DatabaseWatch watch = this.watchedDatabases.get(database);
		if (watch == null) {
			throw new UnknownDatabaseException(database, this.watchedDatabases.keySet());
		}
		return watch;
	}

	/**
	 * Takes note that a connection to a node could not be had, without waiting for the
	 * next question.
	 * @param node the node that did not answer
	 * @param cause why
	 */
	public void reportUnreachable(Node node, SQLException cause) {
		fail(node, cause);
	}

	/**
	 * Asks a primary at once, whether it is one of those that are asked at an interval or
	 * not.
	 * @param main the database's own node
	 * @param pool pool of the node, whose timeouts apply
	 * @return its state after the question
	 */
	public NodeState ask(Node main, DataSource pool) {
		long asked = System.nanoTime();
		try (Connection connection = pool.getConnection()) {
			if (!connection.isValid(VALIDATION_SECONDS)) {
				throw new SQLException("The connection is no longer valid");
			}
			answer(main, asked, NodeReport.ofDuty(Duty.of(connection)));
		}
		catch (SQLException | RuntimeException ex) {
			fail(main, ex);
		}
		return stateOf(main);
	}

	/**
	 * Whether the servers of a database tell positions, as far as is known by now.
	 * @param database name of the database
	 * @return {@code false} once they were found to tell none
	 */
	public boolean tellsPositions(String database) {
		return watch(database).sources().mayTell();
	}

	/**
	 * Asks a primary up to where it has written, and takes note of it.
	 * @param database name of the database
	 * @param connection a connection to its primary, between two transactions
	 * @param flushed whether the last transaction on it has waited until its log was on
	 * disk, as far as the connection's own settings say
	 * @return the position; the {@linkplain Position#isTime() present time} if the server
	 * tells no positions
	 * @throws SQLException if the server does not answer
	 */
	public Position written(String database, Connection connection, boolean flushed) throws SQLException {
		DatabaseWatch watch = watch(database);
		Position position = watch.sources().written(NodeProbe.driverConnection(connection), flushed);
		if (position == null) {
			return Position.ofTime(database, System.currentTimeMillis());
		}
		watch.log().written(position);
		return position;
	}

	/**
	 * Returns the furthest position that a primary was seen at.
	 * @param database name of the database
	 * @return the position, {@code null} if none has been seen
	 */
	public @Nullable Position latestWritten(String database) {
		return watch(database).log().latest();
	}

	/**
	 * Asks a replica up to where it has replayed, and takes note of it for everybody.
	 * @param replica the replica
	 * @param connection a connection to it, between two transactions
	 * @param position the position in question
	 * @return whether it has replayed up to there
	 * @throws SQLException if the server does not answer
	 */
	public boolean askWhetherReplayed(Node replica, Connection connection, Position position) throws SQLException {
		long asked = System.nanoTime();
		Position replayed = watch(replica.database()).sources().replayed(NodeProbe.driverConnection(connection));
		if (replayed == null) {
			return false;
		}
		watch(replica).replayed(asked, replayed);
		return replayed.reaches(position);
	}

	/**
	 * Begins to ask, and waits a moment for the first answers; does nothing when it has
	 * begun already or there is no replica.
	 */
	public synchronized void start() {
		List<Database> replicated = this.databases.all()
			.stream()
			.filter((database) -> !database.replicas().isEmpty())
			.toList();
		if (this.executor != null || replicated.isEmpty()) {
			return;
		}
		int nodes = replicated.stream().mapToInt((database) -> database.nodes().size()).sum();
		ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(nodes, threadFactory());
		scheduler.setRemoveOnCancelPolicy(true);
		this.executor = scheduler;
		// what is wrong with a replica can only be told from what its primary says
		List<Probing> mains = replicated.stream().map(Database::main).map(this::probing).toList();
		List<Probing> replicas = replicated.stream()
			.flatMap((database) -> database.replicas().stream())
			.map(this::probing)
			.toList();
		begin(mains, scheduler);
		begin(replicas, scheduler);
	}

	private Probing probing(Node node) {
		DatabaseWatch database = watch(node.database());
		try {
			NodeProbe probe = new NodeProbe(node, this.pools.apply(node), database.settings().timeout());
			this.probes.add(probe);
			return new Probing(node, probe, database);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look into the pool of %s".formatted(node), ex);
		}
	}

	private static void begin(List<Probing> probings, ScheduledExecutorService scheduler) {
		CountDownLatch answers = new CountDownLatch(probings.size());
		probings.forEach((probing) -> scheduler.execute(() -> {
			try {
				probing.askAgainAndAgain(scheduler);
			}
			finally {
				answers.countDown();
			}
		}));
		try {
			answers.await(FIRST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void probe(Node node, NodeProbe probe, DatabaseWatch database) {
		long asked = System.nanoTime();
		try {
			answer(node, asked, probe.ask(database.sources()));
		}
		catch (SQLException | RuntimeException ex) {
			// who is interrupted by stop() has found out nothing
			if (this.executor != null) {
				report(node, watch(node).failed(ex));
			}
		}
	}

	private void answer(Node node, long asked, NodeReport report) {
		report(node, watch(node).answered(asked, report));
	}

	private void fail(Node node, Exception failure) {
		report(node, watch(node).unreachable(failure));
	}

	private static void report(Node node, NodeWatch.Change change) {
		NodeState state = change.after();
		if (!state.differsFrom(change.before())) {
			return;
		}
		switch (state.status()) {
			case UP -> reportUp(node, change.before(), state);
			case UNREACHABLE -> logger.warn("%s is out of reach%s: %s".formatted(describe(node),
					node.replica() ? ", its reads go elsewhere" : "", state.problem()));
			case LAGGING -> logger.warn("%s %s; its reads go elsewhere".formatted(describe(node), state.problem()));
			case REFUSED -> logger.error("%s %s; nothing is read from it".formatted(describe(node), state.problem()));
		}
	}

	private static void reportUp(Node node, NodeState before, NodeState state) {
		if (!node.replica() && state.duty() == Duty.REPLICA) {
			logger.warn("%s follows another server and accepts no writes".formatted(describe(node)));
		}
		else if (before.isUp()) {
			logger.debug("The duty of %s is %s".formatted(node, state.duty()));
		}
		else {
			logger.info("%s is back, its duty is %s".formatted(describe(node), state.duty()));
		}
	}

	private static String describe(Node node) {
		return (node.replica() ? "Replica " : "Node ") + node;
	}

	/**
	 * Stops asking until it is started again.
	 */
	public synchronized void stop() {
		ScheduledExecutorService running = this.executor;
		if (running != null) {
			this.executor = null;
			running.shutdownNow();
			awaitEnd(running);
			this.probes.forEach(NodeMonitor::close);
			this.probes.clear();
		}
	}

	private static void awaitEnd(ScheduledExecutorService stopped) {
		try {
			stopped.awaitTermination(FIRST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void close(NodeProbe probe) {
		try {
			probe.close();
		}
		catch (SQLException ex) {
			logger.debug("Failed to close the connection that asked a node", ex);
		}
	}

	@Override
	public void close() {
		stop();
	}

	private static CustomizableThreadFactory threadFactory() {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("uno-node-monitor-");
		factory.setDaemon(true);
		return factory;
	}

	/**
	 * Asks one node again and again, one question at a time.
	 */
	private final class Probing {

		private final Node node;

		private final NodeProbe probe;

		private final DatabaseWatch database;

		private Probing(Node node, NodeProbe probe, DatabaseWatch database) {
			this.node = node;
			this.probe = probe;
			this.database = database;
		}

		private void askAgainAndAgain(ScheduledExecutorService scheduler) {
			try {
				probe(this.node, this.probe, this.database);
			}
			finally {
				again(scheduler);
			}
		}

		/**
		 * After half to one and a half of the interval.
		 */
		private void again(ScheduledExecutorService scheduler) {
			long interval = this.database.settings().interval().toNanos();
			long delay = interval / 2 + ThreadLocalRandom.current().nextLong(interval + 1);
			try {
				scheduler.schedule(() -> askAgainAndAgain(scheduler), delay, TimeUnit.NANOSECONDS);
			}
			catch (RejectedExecutionException ex) {
				logger.debug("No longer watching %s".formatted(this.node));
			}
		}

	}

}
