package io.uno.routing;

import java.time.Duration;

import io.uno.datasource.Position;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up to where each scope has written, until its replicas have caught up. One bean
 * of this type takes the place of the memory of the application instance, so that own
 * writes hold for several instances. Safe for use by many threads, as each implementation
 * has to be. What it throws fails the read, or is logged where a write has been committed
 * already.
 *
 * @since 0.1.0
 */
public interface PositionStore {

	/**
	 * Creates a store in memory, for this application instance.
	 * @param timeToLive how long a position is kept
	 * @return the store
	 */
	static PositionStore inMemory(Duration timeToLive) {
		return new InMemoryPositionStore(timeToLive);
	}

	/**
	 * Finds the position of a scope.
	 * @param scope the scope
	 * @param database name of the database
	 * @return the furthest position that the scope has written up to, {@code null} if
	 * none is kept
	 */
	@Nullable Position get(PositionScope scope, String database);

	/**
	 * Keeps a position, unless the scope has a later one.
	 * @param scope the scope
	 * @param position up to where it has written
	 */
	void advance(PositionScope scope, Position position);

	/**
	 * Forgets a position that every replica has reached, unless the scope has a later one
	 * by now.
	 * @param scope the scope
	 * @param position the position
	 */
	void forget(PositionScope scope, Position position);

}
