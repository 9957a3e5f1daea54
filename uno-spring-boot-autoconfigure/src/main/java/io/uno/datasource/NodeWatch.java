package io.uno.datasource;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one node. Safe for use by many threads.
 */
final class NodeWatch {

	private final Node node;

	private final DatabaseWatch database;

	private volatile NodeState state = NodeState.unknown();

	/**
	 * Up to where a replica is known to have replayed, {@code 0} while nothing is.
	 */
	private final AtomicLong replayed = new AtomicLong();

	private volatile boolean late;

	NodeWatch(Node node, DatabaseWatch database) {
		this.node = node;
		this.database = database;
	}

	NodeState state() {
		return this.state;
	}

	/**
	 * Take note of an answer.
	 * @param moment before the node was asked, by {@link System#nanoTime()}
	 * @return the state before
	 */
	NodeState answered(long moment, NodeReport report) {
		this.late = false;
		return become(this.node.replica() ? replica(report) : main(moment, report));
	}

	private NodeState main(long moment, NodeReport report) {
		this.database.mainAnswered(moment, report);
		return NodeState.up(report.duty(), null, null);
	}

	private NodeState replica(NodeReport report) {
		if (report.duty() == Duty.PRIMARY) {
			return NodeState.refused(report.duty(),
					"is no replica: it accepts writes; correct the url of '%s'".formatted(this.node));
		}
		String cluster = this.database.cluster();
		if (report.cluster() != null && cluster != null && !cluster.equals(report.cluster())) {
			return NodeState.refused(report.duty(),
					"belongs to another cluster than its primary: its system identifier is %s, that of '%s' is %s; correct the url of one of them"
						.formatted(report.cluster(), this.database.main(), cluster));
		}
		if (report.position() == null) {
			return NodeState.up(report.duty(), null, null);
		}
		replayed(report.position());
		return replica(report.duty(), report.position(), report.sinceReplay());
	}

	private NodeState replica(Duty duty, long position, @Nullable Duration sinceReplay) {
		Position written = this.database.log().latest();
		if (written == null || position >= written.value()) {
			return NodeState.up(duty, Duration.ZERO, 0L);
		}
		long bytes = written.value() - position;
		Duration lag = shorter(staleness(position), sinceReplay);
		Duration limit = this.database.settings().maxLag();
		return (lag != null && lag.compareTo(limit) > 0) ? NodeState.lagging(duty, lag, bytes, limit)
				: NodeState.up(duty, lag, bytes);
	}

	private @Nullable Duration staleness(long position) {
		Long completeAt = this.database.log().completeAt(position);
		return (completeAt != null) ? Duration.ofNanos(System.nanoTime() - completeAt) : null;
	}

	private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * Take note that the node did not answer. One late answer is no verdict: a server, or
	 * this machine, may have held its breath.
	 * @return the state before
	 */
	NodeState failed(Exception failure) {
		boolean verdict = this.late || !isTimeout(failure) || !this.state.reachable();
		this.late = true;
		return verdict ? unreachable(failure) : this.state;
	}

	/**
	 * Take note that no connection to the node could be had.
	 * @return the state before
	 */
	NodeState unreachable(Exception failure) {
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

	private synchronized NodeState become(NodeState next) {
		NodeState before = this.state;
		this.state = next.after(before);
		return before;
	}

	/**
	 * Take note of how far a replica has replayed.
	 */
	void replayed(long position) {
		if (position > this.replayed.get()) {
			this.replayed.accumulateAndGet(position, Math::max);
		}
	}

	boolean hasReplayed(Position position) {
		return this.replayed.get() >= position.value();
	}

	/**
	 * Up to where it is known to have replayed, {@code 0} while nothing is.
	 */
	long replayed() {
		return this.replayed.get();
	}

	/**
	 * Whether it is known to have everything that was written up to some time ago.
	 */
	boolean isComplete(Duration timeAgo) {
		long known = this.replayed.get();
		Long completeAt = (known != 0) ? this.database.log().completeAt(known) : null;
		return completeAt != null && System.nanoTime() - completeAt <= timeAgo.toNanos();
	}

}
