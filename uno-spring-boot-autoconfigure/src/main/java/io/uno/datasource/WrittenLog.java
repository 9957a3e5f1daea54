package io.uno.datasource;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a primary's write-ahead log: how far it had written at which moment. A
 * replica that has replayed up to there had everything at that moment. Holds one timeline
 * at a time, as places in different ones say nothing about one another. Safe for use by
 * many threads.
 */
final class WrittenLog {

	/**
	 * Enough for a quarter of an hour at one question each second.
	 */
	static final int CAPACITY = 1024;

	private final FurthestPosition latest = new FurthestPosition();

	/**
	 * The furthest position that a replica can reach by itself, see
	 * {@link #isCaughtUp(Position)}.
	 */
	private final FurthestPosition latestEnd = new FurthestPosition();

	/**
	 * When the primary was first seen at a position, and when last.
	 */
	private final long[] firstMoments = new long[CAPACITY];

	private final long[] moments = new long[CAPACITY];

	private final long[] positions = new long[CAPACITY];

	private int timeline;

	private int next;

	private int kept;

	private volatile @Nullable Seen newest;

	/**
	 * Take note of what the primary said when it was asked.
	 * @param moment before it was asked, by {@link System#nanoTime()}
	 * @param position up to where it had written
	 */
	synchronized void seen(long moment, Position position) {
		if (!LogPage.isBoundary(position.value())) {
			this.latestEnd.answered(moment, position);
		}
		if (this.latest.answered(moment, position)) {
			forgetBehind(position);
		}
		Position furthest = this.latest.get();
		if (furthest != null && furthest.timeline() == position.timeline()) {
			append(moment, position);
		}
	}

	private void forgetBehind(Position position) {
		this.newest = null;
		while (this.kept > 0 && Long.compareUnsigned(this.positions[last(1)], position.value()) > 0) {
			forgetLast();
		}
	}

	private void append(long moment, Position position) {
		if (this.timeline != position.timeline()) {
			this.timeline = position.timeline();
			this.kept = 0;
		}
		int behind = (this.kept > 0) ? Long.compareUnsigned(this.positions[last(1)], position.value()) : -1;
		if (behind > 0) {
			return;
		}
		if (behind == 0) {
			forgetLast();
		}
		else {
			this.firstMoments[this.next] = moment;
		}
		this.moments[this.next] = moment;
		this.positions[this.next] = position.value();
		this.next = (this.next + 1) % CAPACITY;
		this.kept = Math.min(this.kept + 1, CAPACITY);
		this.newest = new Seen(moment, position);
	}

	private void forgetLast() {
		this.next = last(1);
		this.kept--;
	}

	private int last(int back) {
		return Math.floorMod(this.next - back, CAPACITY);
	}

	/**
	 * Take note of the position of a commit, of which there may be thousands a second.
	 */
	void written(Position position) {
		this.latest.passed(position);
		if (!LogPage.isBoundary(position.value())) {
			this.latestEnd.passed(position);
		}
	}

	/**
	 * The furthest position that is known.
	 */
	@Nullable Position latest() {
		return this.latest.get();
	}

	/**
	 * Whether a replica lacks nothing that is known to be committed. The primary flushes
	 * whole pages of what is not committed yet, and the record that the last page breaks
	 * off can't be replayed before the rest of it comes, which takes a quarter of a
	 * minute where nothing else is written. No replica is behind by that.
	 */
	boolean isCaughtUp(Position replayed) {
		Position end = this.latestEnd.get();
		return end == null || replayed.reaches(end);
	}

	/**
	 * Whether whoever has replayed up to a place had everything that was written at a
	 * moment. Asked by every read that says how far behind it may be.
	 * @param moment by {@link System#nanoTime()}
	 */
	boolean isComplete(Position replayed, long moment) {
		Seen last = this.newest;
		if (last == null || last.moment() - moment < 0) {
			return false;
		}
		if (replayed.reaches(last.position())) {
			return true;
		}
		Long completeAt = completeAt(replayed);
		return completeAt != null && completeAt - moment >= 0;
	}

	/**
	 * The latest moment at which whoever has replayed up to a place had everything.
	 * @return by {@link System#nanoTime()}, {@code null} if none is known
	 */
	synchronized @Nullable Long completeAt(Position replayed) {
		if (this.timeline != replayed.timeline()) {
			return null;
		}
		for (int back = 1; back <= this.kept; back++) {
			if (Long.compareUnsigned(this.positions[last(back)], replayed.value()) <= 0) {
				return this.moments[last(back)];
			}
		}
		return null;
	}

	/**
	 * Where a replica that is not {@linkplain #isCaughtUp(Position) caught up} stands in
	 * what was seen. One on another timeline is taken to lack all of it.
	 */
	synchronized Gap gap(Position replayed) {
		int missing = 0;
		for (int back = 1; back <= this.kept && lacks(replayed, this.positions[last(back)]); back++) {
			missing = isEnd(last(back)) ? back : missing;
		}
		int complete = missing + 1;
		return new Gap((complete <= this.kept) ? this.moments[last(complete)] : null,
				(missing > 0) ? this.firstMoments[last(missing)] : null);
	}

	private boolean lacks(Position replayed, long position) {
		return this.timeline != replayed.timeline() || Long.compareUnsigned(position, replayed.value()) > 0;
	}

	private boolean isEnd(int index) {
		return !LogPage.isBoundary(this.positions[index]);
	}

	/**
	 * Two moments by {@link System#nanoTime()} between which a replica fell behind.
	 *
	 * @param completeAt the latest at which it is known to have had everything,
	 * {@code null} if none is
	 * @param missingSince the earliest at which it is known to have lacked something,
	 * {@code null} if none is
	 */
	record Gap(@Nullable Long completeAt, @Nullable Long missingSince) {

	}

	private record Seen(long moment, Position position) {

	}

}
