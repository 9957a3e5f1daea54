package io.uno.routing;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.uno.datasource.Database;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.Position;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node that a read of one database goes to. A replica that is known to be fresh
 * enough is taken at once; only where none is known to be, one is asked.
 */
final class ReplicaReads {

	private static final Log logger = LogFactory.getLog(ReplicaReads.class);

	private final Database database;

	private final RoutingDataSource router;

	private final NodeMonitor monitor;

	private final CallerPositions positions;

	/**
	 * The position of those who have not named a scope.
	 */
	private final AtomicReference<@Nullable Position> ofInstance;

	private final ReadSettings settings;

	private final RoutedPool main;

	private final RoutedPool[] replicas;

	private final ReplicaChoice choice;

	private final CatchUp catchUp;

	ReplicaReads(Database database, RoutingDataSource router, NodeMonitor monitor, CallerPositions positions,
			RoutingSettings settings) {
		this.database = database;
		this.router = router;
		this.monitor = monitor;
		this.positions = positions;
		this.ofInstance = positions.ofInstance(database.name());
		this.settings = settings.reads().apply(database.name());
		this.main = router.pool(database.main());
		this.replicas = database.replicas().stream().map(router::pool).toArray(RoutedPool[]::new);
		this.choice = new ReplicaChoice(database, monitor, router::activeConnections, this.settings.leastBusy(),
				settings.selector());
		this.catchUp = new CatchUp(database, router, monitor, this.settings.catchUpTimeout(), settings.listeners());
	}

	/**
	 * Where a read goes, as far as that is known without asking anybody.
	 * @return {@code null} if somebody has to be asked
	 */
	@Nullable Route choose(ThreadRoutes thread, DatabaseReason why) {
		RouteScope scope = thread.scope;
		Freshness freshness = demanded(scope);
		if (freshness == null) {
			return this.main.route(RouteReason.NOT_MARKED, why);
		}
		if (freshness.level() == Freshness.Level.LATEST) {
			return main(scope, RouteReason.LATEST, why);
		}
		if (thread.isWriteSuspended(this.database)) {
			return main(scope, RouteReason.SUSPENDED_WRITE, why);
		}
		Position pending = pending(scope, freshness);
		if (pending != null && pending.isTime()) {
			return null;
		}
		Route route = choose(scope, freshness, pending, why);
		if (route != null) {
			forgetIfReachedByAll(scope, pending);
		}
		return route;
	}

	private @Nullable Route choose(@Nullable RouteScope scope, Freshness freshness, @Nullable Position pending,
			DatabaseReason why) {
		Node before = before(scope);
		if (before != null) {
			return this.choice.isCandidate(before, freshness, pending)
					? this.router.pool(before).route(RouteReason.REPLICA_OF_SCOPE, why) : null;
		}
		int next = this.choice.next(freshness, pending, 0);
		if (next >= 0) {
			return this.replicas[next].route(RouteReason.REPLICA_IN_TURN, why);
		}
		return (pending == null) ? main(scope, this.choice.fallback(null, 0), why) : null;
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
		boolean ownWrites = freshness.level() == Freshness.Level.OWN_WRITES;
		if (scope == null) {
			return ownWrites ? this.ofInstance.get() : null;
		}
		Position own = ownWrites ? this.positions.pending(scope, this.database.name()) : null;
		return later(own, scope.after().get(this.database.name()));
	}

	private static @Nullable Position later(@Nullable Position one, @Nullable Position other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isAfter(other) ? one : other;
	}

	/**
	 * Where the scope has read last, {@code null} if any node will do.
	 */
	private @Nullable Node before(@Nullable RouteScope scope) {
		LastReplicas last = (scope != null) ? scope.lastReplicas() : null;
		return (last != null) ? last.of(this.database.name()) : null;
	}

	private Route main(@Nullable RouteScope scope, RouteReason reason, DatabaseReason why) {
		readFrom(this.database.main(), scope);
		return this.main.route(reason, why);
	}

	private static void readFrom(Node node, @Nullable RouteScope scope) {
		LastReplicas last = (scope != null) ? scope.lastReplicas() : null;
		if (last != null) {
			last.readFrom(node);
		}
	}

	/**
	 * Opens a connection for a read.
	 * @param chosen the route to a replica that was chosen, {@code null} if somebody has
	 * to be asked first
	 */
	FetchedConnection fetch(ThreadRoutes thread, @Nullable Route chosen, DatabaseReason why) throws SQLException {
		TransactionRoute transaction = thread.running();
		RouteScope scope = thread.scope;
		FetchedConnection connection = (chosen != null) ? connect(transaction, chosen) : null;
		if (connection == null) {
			long tried = (chosen != null) ? this.choice.with(chosen.node(), 0) : 0;
			connection = search(transaction, scope, tried, why);
		}
		readFrom(connection.route().node(), scope);
		return connection;
	}

	private FetchedConnection search(@Nullable TransactionRoute transaction, @Nullable RouteScope scope, long tried,
			DatabaseReason why) throws SQLException {
		Freshness freshness = Objects.requireNonNull(demanded(scope));
		Position pending = settled(scope, pending(scope, freshness));
		Node before = before(scope);
		if (isTime(pending)) {
			return connectMain(transaction, RouteReason.NO_POSITION, why);
		}
		if (before == null) {
			return search(transaction, scope, freshness, pending, tried, why);
		}
		if (tried == 0 && this.choice.isCandidate(before, freshness, pending)) {
			FetchedConnection connection = connect(transaction,
					this.router.pool(before).route(RouteReason.REPLICA_OF_SCOPE, why));
			if (connection != null) {
				return connection;
			}
		}
		// another node must have everything that the scope may have seen
		Position needed = later(pending, this.catchUp.askPrimary());
		return isTime(needed) ? connectMain(transaction, RouteReason.NO_POSITION, why)
				: search(transaction, scope, freshness, needed, tried, why);
	}

	private static boolean isTime(@Nullable Position position) {
		return position != null && position.isTime();
	}

	/**
	 * Makes a place in the log of a moment, where a primary tells one; forgets it when it
	 * is long enough ago.
	 */
	private @Nullable Position settled(@Nullable RouteScope scope, @Nullable Position pending) throws SQLException {
		if (pending == null || !pending.isTime()) {
			return pending;
		}
		if (this.monitor.tellsPositions(this.database.name())) {
			Position written = this.catchUp.askPrimary();
			if (!written.isTime()) {
				this.positions.wrote(scope, written);
				return written;
			}
		}
		if (System.currentTimeMillis() - pending.value() < this.settings.ownWritesWindow().toMillis()) {
			return pending;
		}
		this.positions.forget(scope, pending);
		return null;
	}

	private FetchedConnection search(@Nullable TransactionRoute transaction, @Nullable RouteScope scope,
			Freshness freshness, @Nullable Position pending, long alreadyTried, DatabaseReason why)
			throws SQLException {
		long tried = alreadyTried;
		for (int next = this.choice.next(freshness, pending, tried); next >= 0; next = this.choice.next(freshness,
				pending, tried)) {
			Route route = this.replicas[next].route(RouteReason.REPLICA_IN_TURN, why);
			FetchedConnection connection = connect(transaction, route);
			if (connection != null) {
				forgetIfReachedByAll(scope, pending);
				return connection;
			}
			tried = this.choice.with(route.node(), tried);
		}
		FetchedConnection asked = (pending != null) ? ask(transaction, scope, freshness, pending, tried, why) : null;
		return (asked != null) ? asked : connectMain(transaction, this.choice.fallback(pending, tried), why);
	}

	/**
	 * Asks one replica.
	 * @return {@code null} if it has not caught up, or none can be asked
	 */
	private @Nullable FetchedConnection ask(@Nullable TransactionRoute transaction, @Nullable RouteScope scope,
			Freshness freshness, Position pending, long tried, DatabaseReason why) throws SQLException {
		int asked = this.choice.toAsk(freshness, tried, this.catchUp::isLikely);
		FetchedConnection connection = (asked >= 0)
				? connect(transaction, this.replicas[asked].route(RouteReason.REPLICA_CAUGHT_UP, why)) : null;
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
			this.monitor.reportUnreachable(connection.route().node(), ex);
			return null;
		}
		catch (RuntimeException ex) {
			this.router.closeQuietly(connection);
			throw ex;
		}
	}

	/**
	 * A position that one replica has reached is still needed for the others.
	 */
	private void forgetIfReachedByAll(@Nullable RouteScope scope, @Nullable Position pending) {
		if (pending != null && this.choice.isReachedByAll(pending)) {
			this.positions.forget(scope, pending);
		}
	}

	private FetchedConnection connectMain(@Nullable TransactionRoute transaction, RouteReason reason,
			DatabaseReason why) throws SQLException {
		return this.router.connect(transaction, this.main.route(reason, why));
	}

	/**
	 * Opens a connection to a replica.
	 * @return {@code null} if there is none to be had
	 */
	private @Nullable FetchedConnection connect(@Nullable TransactionRoute transaction, Route route) {
		try {
			return this.router.connect(transaction, route);
		}
		catch (SQLException ex) {
			failed(route.node(), ex);
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
