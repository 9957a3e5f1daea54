package io.uno.routing;

/**
 * Is told of every route that has been chosen. Called on the thread that sends the
 * statement, so it has to be quick and must not throw.
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

}
