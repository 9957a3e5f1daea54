package io.uno.datasource;

import java.net.SocketTimeoutException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one node, as it changes. Safe for use by many threads.
 *
 * @since 0.1.0
 * @see NodeMonitor#watch
 */
public final class NodeWatch {

	private final Node node;

	private final DatabaseWatch database;

	private volatile NodeState state = NodeState.unknown();

	private final FurthestPosition replayed = new FurthestPosition();

	private volatile boolean late;

	NodeWatch(Node node, DatabaseWatch database) {
		this.node = node;
		this.database = database;
	}

	/**
	 * Tells what was found out last.
	 * @return the node's state; of a node not asked yet, that it is up with an unknown
	 * duty
	 */
	public NodeState state() {
		return this.state;
	}

	/**
	 * Take note of an answer.
	 * @param asked before the node was asked, by {@link System#nanoTime()}
	 */
	Change answered(long asked, NodeReport report) {
		this.late = false;
		return become(this.node.replica() ? replica(asked, report) : main(asked, report));
	}

	private NodeState main(long asked, NodeReport report) {
		this.database.mainAnswered(asked, report);
		return NodeState.up(report.duty(), null, null);
	}

	private NodeState replica(long asked, NodeReport report) {
		String cluster = this.database.cluster();
		if (report.cluster() != null && cluster != null && !cluster.equals(report.cluster())) {
			return NodeState.refused(report.duty(),
					"belongs to another cluster than '%s': its system identifier is %s, that of its primary %s; correct the url of one of them"
						.formatted(this.database.main(), report.cluster(), cluster));
		}
		if (report.duty() == Duty.PRIMARY) {
			return NodeState.refused(report.duty(),
					"is no replica of '%s': it accepts writes; correct its url, or make it follow its primary"
						.formatted(this.database.main()));
		}
		Position position = report.at(this.node.database());
		if (position == null) {
			return NodeState.up(report.duty(), null, null);
		}
		this.replayed.answered(asked, position);
		return replica(report.duty(), position, report.sinceReplay());
	}

	private NodeState replica(Duty duty, Position position, @Nullable Duration sinceReplay) {
		WrittenLog log = this.database.log();
		Position written = log.latest();
		if (written == null) {
			return NodeState.up(duty, null, null);
		}
		WrittenLog.Gap gap = log.gap(position);
		if (written.timeline() != position.timeline()) {
			// a replica may follow to another timeline before it says so
			return behind(duty, (sinceReplay != null) ? sinceReplay : lag(gap, null), null);
		}
		long bytes = Math.max(0, written.value() - position.value());
		return log.isCaughtUp(position) ? NodeState.up(duty, Duration.ZERO, bytes)
				: behind(duty, lag(gap, sinceReplay), bytes);
	}

	private NodeState behind(Duty duty, Duration lag, @Nullable Long bytes) {
		Duration limit = this.database.settings().maxLag();
		return (lag.compareTo(limit) > 0) ? NodeState.lagging(duty, lag, bytes, limit) : NodeState.up(duty, lag, bytes);
	}

	/**
	 * Of a replica that is busy replaying, the last transaction that it has replayed
	 * tells best how far behind it is; but its clock and that of its primary may differ,
	 * so that it is not believed beyond what was seen of the primary by one clock.
	 */
	private static Duration lag(WrittenLog.Gap gap, @Nullable Duration sinceReplay) {
		Duration atLeast = (gap.missingSince() != null) ? since(gap.missingSince()) : Duration.ZERO;
		Duration atMost = (gap.completeAt() != null) ? since(gap.completeAt()) : null;
		if (sinceReplay == null) {
			return (atMost != null) ? atMost : atLeast;
		}
		if (sinceReplay.compareTo(atLeast) < 0) {
			return atLeast;
		}
		return (atMost != null && sinceReplay.compareTo(atMost) > 0) ? atMost : sinceReplay;
	}

	private static Duration since(long moment) {
		return Duration.ofNanos(System.nanoTime() - moment);
	}

	/**
	 * Take note that the node did not answer. One late answer is no verdict: a server, or
	 * this machine, may have held its breath.
	 */
	Change failed(Exception failure) {
		boolean verdict = this.late || !isTimeout(failure) || !this.state.reachable();
		this.late = true;
		return verdict ? unreachable(failure) : new Change(this.state, this.state);
	}

	/**
	 * Take note that no connection to the node could be had.
	 */
	Change unreachable(Exception failure) {
		return become(NodeState.unreachable(failure));
	}

	private static boolean isTimeout(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException) {
				return true;
			}
		}
		return false;
	}

	private synchronized Change become(NodeState next) {
		NodeState before = this.state;
		NodeState after = next.after(before);
		this.state = after;
		return new Change(before, after);
	}

	/**
	 * Take note of how far a replica has replayed.
	 * @param asked before it was asked, by {@link System#nanoTime()}
	 */
	void replayed(long asked, Position position) {
		this.replayed.answered(asked, position);
	}

	/**
	 * Whether the node, a replica, is known to have replayed up to a position.
	 * @param position the position
	 * @return {@code false} also if it may have by now, or if the position is of another
	 * timeline than the replica, so that nobody can tell
	 */
	public boolean hasReplayed(Position position) {
		Position known = this.replayed.get();
		return known != null && known.reaches(position);
	}

	/**
	 * Tells up to where the node, a replica, is known to have replayed.
	 * @return the position, {@code null} while none is known
	 */
	public @Nullable Position replayed() {
		return this.replayed.get();
	}

	/**
	 * Whether the node, a replica, is known to have everything that had been written some
	 * time ago. That is at least as long ago as its primary was last asked.
	 * @param timeAgo how long ago
	 * @return {@code false} also if nothing is known
	 */
	public boolean isComplete(Duration timeAgo) {
		Position known = this.replayed.get();
		return known != null && this.database.log().isComplete(known, System.nanoTime() - timeAgo.toNanos());
	}

	/**
	 * The state of a node before and after something was found out about it.
	 */
	record Change(NodeState before, NodeState after) {

	}

}
