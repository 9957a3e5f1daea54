package io.uno.datasource;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * How far a node is known to have come. Safe for use by many threads, without a lock.
 */
final class FurthestPosition {

	private final AtomicReference<@Nullable Sighting> sighting = new AtomicReference<>();

	/**
	 * The position, {@code null} while none is known.
	 */
	@Nullable Position get() {
		Sighting known = this.sighting.get();
		return (known != null) ? known.position() : null;
	}

	/**
	 * Take note of a position that the node has come past.
	 */
	void passed(Position position) {
		Sighting known = this.sighting.get();
		while ((known == null || position.isAfter(known.position()))
				&& !this.sighting.compareAndSet(known, new Sighting(position, System.nanoTime()))) {
			known = this.sighting.get();
		}
	}

	/**
	 * Take note of an answer. A node may have gone back, as it was restored from a backup
	 * or lost in a crash what it had not flushed; but an answer that is behind is
	 * believed only if nothing was noted after the question, or it may just have been
	 * overtaken.
	 * @param asked before the node was asked, by {@link System#nanoTime()}
	 * @return whether the node went back
	 */
	boolean answered(long asked, Position position) {
		Sighting known = this.sighting.get();
		if (known == null || known.position().equals(position) || position.isAfter(known.position())) {
			passed(position);
			return false;
		}
		return asked - known.seen() > 0
				&& this.sighting.compareAndSet(known, new Sighting(position, System.nanoTime()));
	}

	private record Sighting(Position position, long seen) {

	}

}
