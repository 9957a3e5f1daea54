package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import io.uno.datasource.Database;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.Position;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers of one database about positions, and gives a replica time to reach one.
 */
final class CatchUp {

	private static final Log logger = LogFactory.getLog(CatchUp.class);

	/**
	 * Between two questions. A replica on the same network is behind by less.
	 */
	private static final long PAUSE = Duration.ofMillis(1).toNanos();

	private final Database database;

	private final RoutingDataSource router;

	private final NodeMonitor monitor;

	private final long timeout;

	private final List<RouteListener> listeners;

	/**
	 * Where each replica was when somebody had waited for it in vain. While it is still
	 * there, nobody else waits.
	 */
	private final Map<Node, Position> stuck = new ConcurrentHashMap<>();

	CatchUp(Database database, RoutingDataSource router, NodeMonitor monitor, Duration timeout,
			List<RouteListener> listeners) {
		this.database = database;
		this.router = router;
		this.monitor = monitor;
		this.timeout = timeout.toNanos();
		this.listeners = listeners;
	}

	/**
	 * Whether a replica is as near to its primary as it takes for waiting to be of use.
	 */
	boolean isLikely(Node replica) {
		Position at = this.stuck.get(replica);
		if (at != null && at.equals(this.monitor.watch(replica).replayed())) {
			return false;
		}
		Duration lag = this.monitor.watch(replica).state().lag();
		return lag == null || lag.toNanos() <= this.timeout;
	}

	/**
	 * Up to where the primary has written by now.
	 */
	Position askPrimary() throws SQLException {
		return askPrimary(true);
	}

	private Position askPrimary(boolean flushed) throws SQLException {
		try (Connection connection = this.router.pool(this.database.main()).getConnection()) {
			Position written = this.monitor.written(this.database.name(), connection, flushed);
			endTransaction(connection);
			return written;
		}
	}

	/**
	 * Waits until a replica has a position.
	 * @param replica a connection to it that nothing has been sent over
	 */
	Outcome await(FetchedConnection replica, Position position) throws SQLException {
		long begun = System.nanoTime();
		Outcome outcome = await(replica, position, begun);
		endTransaction(replica.connection());
		Duration time = Duration.ofNanos(System.nanoTime() - begun);
		this.listeners.forEach((listener) -> listener.waited(replica.route().node(), time, outcome == Outcome.REACHED));
		return outcome;
	}

	private Outcome await(FetchedConnection replica, Position position, long begun) throws SQLException {
		Node node = replica.route().node();
		if (hasReached(replica, position)) {
			this.stuck.remove(node);
			return Outcome.REACHED;
		}
		if (!exists(position)) {
			drop(position);
			return Outcome.NO_SUCH_POSITION;
		}
		Position at = this.monitor.watch(node).replayed();
		if (at != null && at.equals(this.stuck.get(node))) {
			return Outcome.BEHIND;
		}
		while (System.nanoTime() - begun < this.timeout) {
			LockSupport.parkNanos(PAUSE);
			if (hasReached(replica, position)) {
				return Outcome.REACHED;
			}
		}
		Position then = this.monitor.watch(node).replayed();
		if (then != null && then.equals(at)) {
			this.stuck.put(node, then);
		}
		return Outcome.BEHIND;
	}

	private boolean hasReached(FetchedConnection replica, Position position) throws SQLException {
		return this.monitor.askWhetherReplayed(replica.route().node(), replica.connection(), position);
	}

	/**
	 * A position that callers bring along may be of a log that there is no longer, or
	 * never was. That of a commit which has not waited may not be flushed yet.
	 */
	private boolean exists(Position position) throws SQLException {
		return isWithin(position, this.monitor.latestWritten(this.database.name()))
				|| isWithin(position, askPrimary(false));
	}

	private static boolean isWithin(Position position, @Nullable Position written) {
		return written != null && written.timeline() == position.timeline() && !position.isAfter(written);
	}

	private void drop(Position position) {
		logger.info("Position %s is dropped: the log of the primary does not have it".formatted(position));
		this.listeners.forEach((listener) -> listener.dropped(position));
	}

	/**
	 * What comes next must not see the server as it was at the question.
	 */
	private static void endTransaction(Connection connection) throws SQLException {
		if (!connection.getAutoCommit()) {
			connection.rollback();
		}
	}

	/**
	 * What has become of a replica that was waited for.
	 */
	enum Outcome {

		/** It has the position. */
		REACHED,

		/** It does not have it yet. */
		BEHIND,

		/** There is no such position. */
		NO_SUCH_POSITION

	}

}
