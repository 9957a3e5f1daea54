package io.uno.routing.autoconfigure;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.uno.routing.Route;
import org.jspecify.annotations.Nullable;

/**
 * Tells in observations which node the thread works on when they end, and why. Those of
 * JDBC always have it, so that their metrics can be told apart by node; to others it is
 * added for traces alone, as metrics of one name need the same keys each time.
 */
class RouteObservationFilter implements ObservationFilter {

	private static final String JDBC = "jdbc.";

	private static final String NONE = "none";

	private final RoutesInUse routes;

	RouteObservationFilter(RoutesInUse routes) {
		this.routes = routes;
	}

	@Override
	public Observation.Context map(Observation.Context context) {
		Route route = this.routes.current();
		String name = context.getName();
		if (name != null && name.startsWith(JDBC)) {
			context.addLowCardinalityKeyValues(keyValues(route));
		}
		else if (route != null) {
			context.addHighCardinalityKeyValues(keyValues(route));
		}
		return context;
	}

	private static KeyValues keyValues(@Nullable Route route) {
		return KeyValues.of("uno.database", (route != null) ? route.database() : NONE, "uno.node",
				(route != null) ? route.node().id() : NONE, "uno.reason",
				(route != null) ? RouteCode.of(route.reason()) : NONE);
	}

}
