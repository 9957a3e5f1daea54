package io.uno.datasource;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a primary's write-ahead log: how far it had written at which moment. A
 * replica that has replayed up to there had everything at that moment. Safe for use by
 * many threads.
 */
final class WrittenLog {

	/**
	 * Enough for a quarter of an hour at one question each second.
	 */
	private static final int CAPACITY = 1024;

	private final long[] moments = new long[CAPACITY];

	private final long[] positions = new long[CAPACITY];

	private long count;

	private volatile @Nullable Position latest;

	/**
	 * Take note of what the primary said.
	 * @param moment before it was asked, by {@link System#nanoTime()}
	 * @param position up to where it had written
	 */
	synchronized void seen(long moment, Position position) {
		written(position);
		if (isBehind(position)) {
			return;
		}
		int last = index(this.count - 1);
		if (this.count > 0 && this.positions[last] == position.value()) {
			this.moments[last] = moment;
			return;
		}
		int next = index(this.count++);
		this.moments[next] = moment;
		this.positions[next] = position.value();
	}

	/**
	 * An answer may be overtaken by a later one, or come from a timeline that has ended.
	 */
	private boolean isBehind(Position position) {
		Position known = this.latest;
		boolean ended = known != null && known.timeline() != position.timeline();
		return ended || (this.count > 0 && this.positions[index(this.count - 1)] > position.value());
	}

	/**
	 * Take note of the position of a commit, of which there may be thousands a second.
	 */
	void written(Position position) {
		Position before = this.latest;
		if (before == null || position.isAfter(before)) {
			advance(position);
		}
	}

	private synchronized void advance(Position position) {
		Position before = this.latest;
		if (before == null || position.isAfter(before)) {
			this.latest = position;
			if (before != null && before.timeline() != position.timeline()) {
				this.count = 0;
			}
		}
	}

	/**
	 * The furthest position that is known.
	 */
	@Nullable Position latest() {
		return this.latest;
	}

	/**
	 * The latest moment at which whoever has replayed up to a place had everything.
	 * @return by {@link System#nanoTime()}, {@code null} if none is known
	 */
	synchronized @Nullable Long completeAt(long replayed) {
		long kept = Math.min(this.count, CAPACITY);
		for (long back = 1; back <= kept; back++) {
			int index = index(this.count - back);
			if (this.positions[index] <= replayed) {
				return this.moments[index];
			}
		}
		return null;
	}

	private static int index(long number) {
		return Math.floorMod(number, CAPACITY);
	}

}
