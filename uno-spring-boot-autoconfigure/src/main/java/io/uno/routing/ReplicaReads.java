package io.uno.routing;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.uno.datasource.Database;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.NodeStatus;
import io.uno.datasource.Position;
import io.uno.routing.RoutingDataSource.FetchedConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Finds the node that a read of one database goes to. A replica that is known to be fresh
 * enough is taken at once, without a lock and without garbage; only where none is known
 * to be, one is asked.
 */
final class ReplicaReads {

	private static final Log logger = LogFactory.getLog(ReplicaReads.class);

	private final Database database;

	private final RoutingDataSource router;

	private final NodeMonitor monitor;

	private final CallerPositions positions;

	private final ReadSettings settings;

	private final @Nullable ReplicaSelector selector;

	private final CatchUp catchUp;

	private final Node[] replicas;

	private final int[] turns;

	private final AtomicInteger nextTurn = new AtomicInteger();

	ReplicaReads(Database database, RoutingDataSource router, NodeMonitor monitor, CallerPositions positions,
			RoutingSettings settings) {
		this.database = database;
		this.router = router;
		this.monitor = monitor;
		this.positions = positions;
		this.settings = settings.reads().apply(database.name());
		this.selector = settings.selector();
		this.replicas = database.replicas().toArray(Node[]::new);
		Assert.isTrue(this.replicas.length <= Long.SIZE, () -> "Database '%s' has %d replicas; at most %d are possible"
			.formatted(database.name(), this.replicas.length, Long.SIZE));
		this.turns = ReplicaTurns.layOut(database.replicas());
		this.catchUp = new CatchUp(database, router, monitor, this.settings.catchUpTimeout(), settings.listeners());
	}

	FetchedConnection fetch(@Nullable RouteScope scope, DatabaseReason why) throws SQLException {
		Freshness freshness = demanded(scope);
		if (freshness == null) {
			return this.router.connect(this.database.main(), RouteReason.NOT_MARKED, why);
		}
		if (freshness.level() == Freshness.Level.LATEST) {
			return main(scope, RouteReason.LATEST, why);
		}
		if (this.router.isWriteSuspended(this.database)) {
			return main(scope, RouteReason.SUSPENDED_WRITE, why);
		}
		Position pending = pending(scope, freshness);
		if (pending != null && pending.isTime()) {
			pending = settle(scope, pending);
			if (pending != null && pending.isTime()) {
				return main(scope, RouteReason.NO_POSITION, why);
			}
		}
		LastReplicas last = (scope != null) ? scope.lastReplicas() : null;
		return (last != null) ? fetchForScope(scope, freshness, pending, last, why)
				: fetchFromAny(scope, freshness, pending, why);
	}

	/**
	 * What the read demands, {@code null} if it does not say how fresh its data has to be
	 * although it would have to.
	 */
	private @Nullable Freshness demanded(@Nullable RouteScope scope) {
		if (scope != null && scope.freshness() != null) {
			return scope.freshness();
		}
		return this.settings.markedOnly() ? null : this.settings.freshness();
	}

	private @Nullable Position pending(@Nullable RouteScope scope, Freshness freshness) {
		Position own = (freshness.level() == Freshness.Level.OWN_WRITES)
				? this.positions.pending(scope, this.database.name()) : null;
		return (scope != null) ? later(own, scope.after().get(this.database.name())) : own;
	}

	private static @Nullable Position later(@Nullable Position one, @Nullable Position other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isAfter(other) ? one : other;
	}

	/**
	 * Makes a place in the log of a moment, where a primary tells one; forgets it when it
	 * is long enough ago.
	 */
	private @Nullable Position settle(@Nullable RouteScope scope, Position moment) throws SQLException {
		if (this.monitor.tellsPositions(this.database.name())) {
			Position written = this.catchUp.askPrimary();
			if (!written.isTime()) {
				this.positions.wrote(scope, written);
				return written;
			}
		}
		if (System.currentTimeMillis() - moment.value() < this.settings.ownWritesWindow().toMillis()) {
			return moment;
		}
		this.positions.forget(scope, moment);
		return null;
	}

	/**
	 * Stays with the node that the scope has read from last. Another one must have
	 * everything that the scope may have seen.
	 */
	private FetchedConnection fetchForScope(@Nullable RouteScope scope, Freshness freshness, @Nullable Position pending,
			LastReplicas last, DatabaseReason why) throws SQLException {
		Node before = last.of(this.database.name());
		Position needed = pending;
		if (before != null && before.replica() && isUsable(before, freshness)) {
			if (pending == null || this.monitor.hasReplayed(before, pending)) {
				FetchedConnection connection = connect(before, RouteReason.REPLICA_OF_SCOPE, why);
				if (connection != null) {
					forgetIfReachedByAll(scope, pending);
					return connection;
				}
			}
		}
		if (before != null) {
			Position now = this.catchUp.askPrimary();
			if (now.isTime()) {
				return main(scope, RouteReason.NO_POSITION, why);
			}
			needed = later(pending, now);
		}
		FetchedConnection connection = fetchFromAny(scope, freshness, needed, why);
		last.readFrom(connection.route().node());
		return connection;
	}

	private FetchedConnection fetchFromAny(@Nullable RouteScope scope, Freshness freshness, @Nullable Position pending,
			DatabaseReason why) throws SQLException {
		long tried = 0;
		for (int chosen = next(freshness, pending, tried); chosen >= 0; chosen = next(freshness, pending, tried)) {
			FetchedConnection connection = connect(this.replicas[chosen], RouteReason.REPLICA_IN_TURN, why);
			if (connection != null) {
				forgetIfReachedByAll(scope, pending);
				return connection;
			}
			tried |= 1L << chosen;
		}
		FetchedConnection asked = (pending != null) ? ask(scope, freshness, pending, tried, why) : null;
		return (asked != null) ? asked : main(scope, fallback(pending, tried), why);
	}

	/**
	 * Asks one replica.
	 * @return {@code null} if it has not caught up, or none can be asked
	 */
	private @Nullable FetchedConnection ask(@Nullable RouteScope scope, Freshness freshness, Position pending,
			long tried, DatabaseReason why) throws SQLException {
		int asked = toAsk(freshness, tried);
		FetchedConnection connection = (asked >= 0) ? connect(this.replicas[asked], RouteReason.REPLICA_CAUGHT_UP, why)
				: null;
		if (connection == null) {
			return null;
		}
		try {
			return switch (this.catchUp.await(connection, pending)) {
				case REACHED -> {
					forgetIfReachedByAll(scope, pending);
					yield connection;
				}
				case NO_SUCH_POSITION -> {
					this.positions.forget(scope, pending);
					yield connection;
				}
				case BEHIND -> {
					connection.connection().close();
					yield null;
				}
			};
		}
		catch (SQLException ex) {
			this.router.closeQuietly(connection);
			this.monitor.reportUnreachable(this.replicas[asked], ex);
			return null;
		}
		catch (RuntimeException ex) {
			this.router.closeQuietly(connection);
			throw ex;
		}
	}

	/**
	 * The one whose turn it is, but for those that are not likely to catch up in time; of
	 * only such the one that is known to have got furthest.
	 */
	private int toAsk(Freshness freshness, long tried) {
		int start = Math.floorMod(this.nextTurn.getAndIncrement(), this.turns.length);
		for (int i = 0; i < this.turns.length; i++) {
			int replica = this.turns[(start + i) % this.turns.length];
			if ((tried & (1L << replica)) == 0 && isUsable(this.replicas[replica], freshness)
					&& this.catchUp.isLikely(this.replicas[replica])) {
				return replica;
			}
		}
		return furthest(freshness, tried);
	}

	private int furthest(Freshness freshness, long tried) {
		int furthest = -1;
		Position position = null;
		for (int i = 0; i < this.replicas.length; i++) {
			if ((tried & (1L << i)) == 0 && isUsable(this.replicas[i], freshness)) {
				Position replayed = this.monitor.replayed(this.replicas[i]);
				if (furthest < 0 || (replayed != null && (position == null || replayed.isAfter(position)))) {
					furthest = i;
					position = replayed;
				}
			}
		}
		return furthest;
	}

	/**
	 * A position that one replica has reached is still needed for the others.
	 */
	private void forgetIfReachedByAll(@Nullable RouteScope scope, @Nullable Position pending) {
		if (pending == null) {
			return;
		}
		for (Node replica : this.replicas) {
			if (!this.monitor.hasReplayed(replica, pending)) {
				return;
			}
		}
		this.positions.forget(scope, pending);
	}

	private FetchedConnection main(@Nullable RouteScope scope, RouteReason reason, DatabaseReason why)
			throws SQLException {
		LastReplicas last = (scope != null) ? scope.lastReplicas() : null;
		if (last != null) {
			last.readFrom(this.database.main());
		}
		return this.router.connect(this.database.main(), reason, why);
	}

	/**
	 * Why no replica would do. One that is up although it was tried has no connection to
	 * spare.
	 */
	private RouteReason fallback(@Nullable Position pending, long tried) {
		RouteReason reason = RouteReason.REPLICAS_UNREACHABLE;
		for (int i = 0; i < this.replicas.length; i++) {
			NodeStatus status = this.monitor.stateOf(this.replicas[i]).status();
			if (status == NodeStatus.UP && (tried & (1L << i)) != 0) {
				return RouteReason.REPLICAS_BUSY;
			}
			if (status == NodeStatus.UP) {
				return (pending != null) ? RouteReason.REPLICAS_BEHIND : RouteReason.REPLICAS_TOO_OLD;
			}
			if (status == NodeStatus.LAGGING) {
				reason = RouteReason.REPLICAS_LAGGING;
			}
			else if (status == NodeStatus.REFUSED && reason == RouteReason.REPLICAS_UNREACHABLE) {
				reason = RouteReason.REPLICAS_REFUSED;
			}
		}
		return reason;
	}

	private boolean isUsable(Node replica, Freshness freshness) {
		if (!this.monitor.stateOf(replica).isUp()) {
			return false;
		}
		Duration bound = freshness.bound();
		return bound == null || this.monitor.isComplete(replica, bound);
	}

	private boolean isCandidate(int replica, Freshness freshness, @Nullable Position pending, long tried) {
		return (tried & (1L << replica)) == 0 && isUsable(this.replicas[replica], freshness)
				&& (pending == null || this.monitor.hasReplayed(this.replicas[replica], pending));
	}

	/**
	 * Index of the replica to try next, less than zero if none would do.
	 */
	private int next(Freshness freshness, @Nullable Position pending, long tried) {
		if (this.selector != null) {
			return selected(this.selector, freshness, pending, tried);
		}
		return this.settings.leastBusy() ? leastBusy(freshness, pending, tried) : inTurn(freshness, pending, tried);
	}

	private int inTurn(Freshness freshness, @Nullable Position pending, long tried) {
		int start = (this.turns.length > 1) ? Math.floorMod(this.nextTurn.getAndIncrement(), this.turns.length) : 0;
		for (int i = 0; i < this.turns.length; i++) {
			int turn = start + i;
			int replica = this.turns[(turn < this.turns.length) ? turn : turn - this.turns.length];
			if (isCandidate(replica, freshness, pending, tried)) {
				return replica;
			}
		}
		return -1;
	}

	/**
	 * The one with the fewest connections in use for its weight; of equals each in turn.
	 */
	private int leastBusy(Freshness freshness, @Nullable Position pending, long tried) {
		int start = Math.floorMod(this.nextTurn.getAndIncrement(), this.replicas.length);
		int least = -1;
		long inUse = 0;
		for (int i = 0; i < this.replicas.length; i++) {
			int replica = (start + i) % this.replicas.length;
			if (!isCandidate(replica, freshness, pending, tried)) {
				continue;
			}
			long active = this.router.activeConnections(this.replicas[replica]);
			if (least < 0 || active * this.replicas[least].weight() < inUse * this.replicas[replica].weight()) {
				least = replica;
				inUse = active;
			}
		}
		return least;
	}

	private int selected(ReplicaSelector chooser, Freshness freshness, @Nullable Position pending, long tried) {
		List<Node> candidates = new ArrayList<>(this.replicas.length);
		for (int i = 0; i < this.replicas.length; i++) {
			if (isCandidate(i, freshness, pending, tried)) {
				candidates.add(this.replicas[i]);
			}
		}
		if (candidates.isEmpty()) {
			return -1;
		}
		Node selected = (candidates.size() > 1) ? chooser.select(this.database, List.copyOf(candidates))
				: candidates.get(0);
		Assert.state(candidates.contains(selected), () -> "%s selected '%s'; it has to select one of %s"
			.formatted(chooser.getClass().getName(), selected, candidates));
		return this.database.replicas().indexOf(selected);
	}

	/**
	 * Opens a connection to a replica.
	 * @return {@code null} if there is none to be had
	 */
	private @Nullable FetchedConnection connect(Node replica, RouteReason reason, DatabaseReason why) {
		try {
			return this.router.connect(replica, reason, why);
		}
		catch (SQLException ex) {
			failed(replica, ex);
			return null;
		}
	}

	/**
	 * Hikari gives the last failure to connect as the cause of a timeout, and none when
	 * all connections are merely in use.
	 */
	private void failed(Node replica, SQLException failure) {
		if (failure instanceof SQLTransientConnectionException && failure.getCause() == null) {
			logger.warn("Pool of %s is exhausted, a read goes elsewhere: %s".formatted(replica, failure.getMessage()));
		}
		else {
			this.monitor.reportUnreachable(replica, failure);
		}
	}

}
