package io.uno.routing.autoconfigure;

import java.util.function.Consumer;

import io.uno.routing.Route;
import io.uno.routing.RouteListener;
import org.jspecify.annotations.Nullable;

/**
 * Knows the route that the current thread works on: of several that are open, as those of
 * suspended transactions are, the one that was opened last. Safe for use by many threads;
 * a connection has to be given back on the thread that has opened it.
 */
class RoutesInUse implements RouteListener {

	// emptied, but not removed: that would cost more than all the rest
	private final ThreadLocal<Last> last = ThreadLocal.withInitial(Last::new);

	private final Consumer<@Nullable Route> change;

	/**
	 * Creates a listener.
	 * @param change is told the current route, {@code null} for none, when it changes
	 */
	RoutesInUse(Consumer<@Nullable Route> change) {
		this.change = change;
	}

	@Nullable Route current() {
		return this.last.get().route;
	}

	@Override
	public void routed(Route route) {
		Last routes = this.last.get();
		if (routes.route != null) {
			routes.before = new InUse(routes.route, routes.before);
		}
		routes.route = route;
		this.change.accept(route);
	}

	/**
	 * Mostly the last one; a connection that is held longer than one opened after it is
	 * below that.
	 */
	@Override
	public void released(Route route) {
		Last routes = this.last.get();
		if (route == routes.route || route.equals(routes.route)) {
			InUse before = routes.before;
			routes.route = (before != null) ? before.route() : null;
			routes.before = (before != null) ? before.before() : null;
		}
		else {
			routes.before = without(routes.before, route);
		}
		this.change.accept(routes.route);
	}

	private static @Nullable InUse without(@Nullable InUse routes, Route route) {
		if (routes == null || routes.route().equals(route)) {
			return (routes != null) ? routes.before() : null;
		}
		InUse before = without(routes.before(), route);
		return (before != routes.before()) ? new InUse(routes.route(), before) : routes;
	}

	/**
	 * The last route of a thread, and those that were opened before it.
	 */
	private static final class Last {

		private @Nullable Route route;

		private @Nullable InUse before;

	}

	private record InUse(Route route, @Nullable InUse before) {

	}

}
