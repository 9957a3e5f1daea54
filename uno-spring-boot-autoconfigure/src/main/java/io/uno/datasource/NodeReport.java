package io.uno.datasource;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a node tells of itself when it is probed. Immutable.
 *
 * @param duty what it does at present
 * @param cluster identifies the cluster whose data it has, the same on a primary and on
 * all its replicas; {@code null} if it can't tell
 * @param timeline its timeline, {@code 0} if it can't tell; of a replica one that it is
 * known to have reached, as it may not tell at once that it follows to another. A server
 * that has no timelines is always on the same, such as {@code 1}
 * @param position up to where a primary has written and a replica replayed, in bytes of
 * the log; {@code null} if it can't tell
 * @param sinceReplay how long ago, by the clocks of both servers, the last transaction
 * was committed that a replica has replayed; {@code null} if it can't tell
 * @since 0.1.0
 * @see PositionSource
 */
public record NodeReport(Duty duty, @Nullable String cluster, int timeline, @Nullable Long position,
		@Nullable Duration sinceReplay) {

	/**
	 * What a node tells that knows nothing of positions.
	 * @param duty what it does at present
	 * @return the report
	 */
	public static NodeReport ofDuty(Duty duty) {
		return new NodeReport(duty, null, 0, null, null);
	}

	@Nullable Position at(String database) {
		return (this.position != null && this.timeline > 0) ? new Position(database, this.timeline, this.position)
				: null;
	}

}
