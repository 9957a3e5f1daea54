package io.uno.routing;

import io.uno.datasource.Position;
import org.jspecify.annotations.Nullable;

/**
 * Carries the positions of a caller who brings them along, as a web request does in its
 * cookie. One for each call; safe for use by the threads that serve it.
 *
 * @since 0.1.0
 */
public interface PositionCarrier {

	/**
	 * Returns who the caller is, if that is known beyond this carrier: its reads stay
	 * with the replica that it has read from before, on this instance.
	 * @return a user or a session, {@code null} if nobody is known
	 */
	default @Nullable PositionScope caller() {
		return null;
	}

	/**
	 * Finds the caller's position.
	 * @param database name of the database
	 * @return up to where the caller has written, {@code null} if it has not said
	 */
	@Nullable Position get(String database);

	/**
	 * Has the caller carry on a position, unless it has a later one.
	 * @param position up to where it has written
	 */
	void advance(Position position);

	/**
	 * Takes a position off the caller that every replica has reached, unless it has a
	 * later one by now.
	 * @param position the position
	 */
	void forget(Position position);

}
