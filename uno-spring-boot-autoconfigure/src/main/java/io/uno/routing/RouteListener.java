package io.uno.routing;

import java.time.Duration;

import io.uno.datasource.Node;
import io.uno.datasource.Position;

/**
 * Is told of every route, on the thread that works on it. What a listener throws fails
 * the statement that the route was chosen for.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RouteListener {

	/**
	 * Takes note of a route.
	 * @param route the route of a transaction, or of a statement outside of one
	 */
	void routed(Route route);

	/**
	 * Takes note that the connection of a route was given back.
	 * @param route the route
	 */
	default void released(Route route) {
	}

	/**
	 * Takes note that a replica was asked whether it has what a caller has written.
	 * @param replica the replica
	 * @param time how long the caller waited for that
	 * @param reached whether the replica had it
	 */
	default void waited(Node replica, Duration time, boolean reached) {
	}

	/**
	 * Takes note of a position that was dropped, as it is of another timeline or further
	 * than the primary has ever been.
	 * @param position the position
	 */
	default void dropped(Position position) {
	}

	/**
	 * Takes note of a transaction on a primary that has only read without having said so.
	 * @param route its route
	 */
	default void undeclaredRead(Route route) {
	}

}
