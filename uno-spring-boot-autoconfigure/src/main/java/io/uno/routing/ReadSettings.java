package io.uno.routing;

import java.time.Duration;

/**
 * How the reads of a database find their replicas. Immutable.
 *
 * @param freshness what a read demands that says nothing itself
 * @param markedOnly whether only reads that say how fresh their data has to be go to
 * replicas
 * @param leastBusy whether the replica with the fewest connections in use answers, and
 * not each in turn
 * @param catchUpTimeout how long a read waits for a replica to catch up
 * @param ownWritesWindow for how long after a write its scope reads from the primary
 * where servers tell no positions
 * @since 0.1.0
 */
public record ReadSettings(Freshness freshness, boolean markedOnly, boolean leastBusy, Duration catchUpTimeout,
		Duration ownWritesWindow) {

	/**
	 * Own writes, from all replicas in turn, after at most 50 ms; five seconds without
	 * positions.
	 */
	public static final ReadSettings DEFAULTS = new ReadSettings(Freshness.ownWrites(), false, false,
			Duration.ofMillis(50), Duration.ofSeconds(5));

}
