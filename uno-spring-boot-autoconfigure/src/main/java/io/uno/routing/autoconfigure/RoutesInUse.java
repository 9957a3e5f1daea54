package io.uno.routing.autoconfigure;

import java.util.function.Consumer;

import io.uno.routing.Route;
import io.uno.routing.RouteListener;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NamedThreadLocal;

/**
 * Knows the route that the current thread works on: of several that are open, as those of
 * suspended transactions are, the one that was opened last. Safe for use by many threads;
 * a connection has to be given back on the thread that has opened it.
 */
class RoutesInUse implements RouteListener {

	private final ThreadLocal<@Nullable InUse> last = new NamedThreadLocal<>("routes in use");

	private final Consumer<@Nullable Route> change;

	/**
	 * Creates a listener.
	 * @param change is told the current route, {@code null} for none, when it changes
	 */
	RoutesInUse(Consumer<@Nullable Route> change) {
		this.change = change;
	}

	@Nullable Route current() {
		InUse current = this.last.get();
		return (current != null) ? current.route() : null;
	}

	@Override
	public void routed(Route route) {
		this.last.set(new InUse(route, this.last.get()));
		this.change.accept(route);
	}

	@Override
	public void released(Route route) {
		InUse rest = without(this.last.get(), route);
		if (rest == null) {
			this.last.remove();
		}
		else {
			this.last.set(rest);
		}
		this.change.accept((rest != null) ? rest.route() : null);
	}

	/**
	 * Mostly the last one; a connection that is held longer than one opened after it is
	 * below that.
	 */
	private static @Nullable InUse without(@Nullable InUse routes, Route route) {
		if (routes == null || routes.route().equals(route)) {
			return (routes != null) ? routes.before() : null;
		}
		InUse before = without(routes.before(), route);
		return (before != routes.before()) ? new InUse(routes.route(), before) : routes;
	}

	private record InUse(Route route, @Nullable InUse before) {

	}

}
