package io.uno.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

import io.uno.datasource.Database;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.NodeStatus;
import io.uno.datasource.NodeWatch;
import io.uno.datasource.Position;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Chooses among the replicas of one database by what is known of them. It asks nobody,
 * takes no lock and makes no garbage. Replicas are told by their index; those that were
 * tried already by the bits of a number. Safe for use by many threads.
 */
final class ReplicaChoice {

	private final Database database;

	private final NodeWatch[] watches;

	private final ToIntFunction<Node> activeConnections;

	private final boolean leastBusy;

	private final @Nullable ReplicaSelector selector;

	private final Node[] replicas;

	private final int[] turns;

	private final AtomicInteger nextTurn = new AtomicInteger();

	private final AtomicInteger nextAsked = new AtomicInteger();

	/**
	 * Create a choice.
	 * @param activeConnections how many connections of a node are in use now
	 * @param leastBusy whether that decides, and not whose turn it is
	 */
	ReplicaChoice(Database database, NodeMonitor monitor, ToIntFunction<Node> activeConnections, boolean leastBusy,
			@Nullable ReplicaSelector selector) {
		this.database = database;
		this.activeConnections = activeConnections;
		this.leastBusy = leastBusy;
		this.selector = selector;
		this.replicas = database.replicas().toArray(Node[]::new);
		Assert.isTrue(this.replicas.length <= Long.SIZE, () -> "Database '%s' has %d replicas; at most %d are possible"
			.formatted(database.name(), this.replicas.length, Long.SIZE));
		this.watches = database.replicas().stream().map(monitor::watch).toArray(NodeWatch[]::new);
		this.turns = ReplicaTurns.layOut(database.replicas());
	}

	/**
	 * These replicas, and another one.
	 */
	long with(Node another, long tried) {
		return tried | bit(this.database.replicas().indexOf(another));
	}

	private static long bit(int replica) {
		return 1L << replica;
	}

	private static boolean isTried(int replica, long tried) {
		return (tried & bit(replica)) != 0;
	}

	private boolean isUsable(int replica, Freshness freshness, long tried) {
		NodeWatch watch = this.watches[replica];
		if (isTried(replica, tried) || !watch.state().isUp()) {
			return false;
		}
		Duration bound = freshness.bound();
		return bound == null || watch.isComplete(bound);
	}

	private boolean isCandidate(int replica, Freshness freshness, @Nullable Position pending, long tried) {
		return isUsable(replica, freshness, tried) && (pending == null || this.watches[replica].hasReplayed(pending));
	}

	/**
	 * Whether a node is a replica that would do.
	 */
	boolean isCandidate(Node node, Freshness freshness, @Nullable Position pending) {
		int replica = this.database.replicas().indexOf(node);
		return replica >= 0 && isCandidate(replica, freshness, pending, 0);
	}

	/**
	 * The replica to read from, less than zero if none would do.
	 */
	int next(Freshness freshness, @Nullable Position pending, long tried) {
		if (this.selector != null) {
			return selected(this.selector, freshness, pending, tried);
		}
		return this.leastBusy ? leastBusy(freshness, pending, tried) : inTurn(freshness, pending, tried);
	}

	private int inTurn(Freshness freshness, @Nullable Position pending, long tried) {
		int start = (this.turns.length > 1) ? start(this.nextTurn, this.turns.length) : 0;
		for (int i = 0; i < this.turns.length; i++) {
			int replica = turn(start + i);
			if (isCandidate(replica, freshness, pending, tried)) {
				return replica;
			}
		}
		return -1;
	}

	private static int start(AtomicInteger next, int turns) {
		int number = next.getAndIncrement();
		boolean powerOfTwo = (turns & (turns - 1)) == 0;
		return powerOfTwo ? number & (turns - 1) : Math.floorMod(number, turns);
	}

	private int turn(int number) {
		return this.turns[(number < this.turns.length) ? number : number - this.turns.length];
	}

	/**
	 * The one with the fewest connections in use for its weight; of equals each in turn.
	 */
	private int leastBusy(Freshness freshness, @Nullable Position pending, long tried) {
		int start = start(this.nextTurn, this.replicas.length);
		int least = -1;
		long inUse = 0;
		for (int i = 0; i < this.replicas.length; i++) {
			int replica = (start + i) % this.replicas.length;
			if (!isCandidate(replica, freshness, pending, tried)) {
				continue;
			}
			long active = this.activeConnections.applyAsInt(this.replicas[replica]);
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
	 * The replica to ask whether it has a position by now: the one whose turn it is, but
	 * for those that are not likely to; if there are only such, the one of them whose
	 * turn it is, as one may have come back since. Those who ask have turns of their own:
	 * a read that takes two would always meet the same one of two replicas.
	 * @return less than zero if none can be asked
	 */
	int toAsk(Freshness freshness, long tried, Predicate<Node> likely) {
		int start = start(this.nextAsked, this.turns.length);
		int unlikely = -1;
		for (int i = 0; i < this.turns.length; i++) {
			int replica = turn(start + i);
			if (isUsable(replica, freshness, tried)) {
				if (likely.test(this.replicas[replica])) {
					return replica;
				}
				unlikely = (unlikely < 0) ? replica : unlikely;
			}
		}
		return unlikely;
	}

	/**
	 * Whether no replica is known to lack a position.
	 */
	boolean isReachedByAll(Position position) {
		for (NodeWatch watch : this.watches) {
			if (!watch.hasReplayed(position)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Why no replica would do. One that is up although it was tried has no connection to
	 * spare.
	 */
	RouteReason fallback(@Nullable Position pending, long tried) {
		RouteReason reason = RouteReason.REPLICAS_UNREACHABLE;
		for (int i = 0; i < this.replicas.length; i++) {
			NodeStatus status = this.watches[i].state().status();
			if (status == NodeStatus.UP && isTried(i, tried)) {
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

}
