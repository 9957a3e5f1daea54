package io.uno.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.uno.datasource.Databases;
import io.uno.datasource.Node;

/**
 * Every route that there can be, so that choosing one makes no garbage.
 */
final class Routes {

	private static final int REASONS = RouteReason.values().length;

	private final Map<Node, Route[]> routes = new HashMap<>();

	Routes(Databases databases) {
		databases.all().forEach((database) -> database.nodes().forEach((node) -> this.routes.put(node, routes(node))));
	}

	private static Route[] routes(Node node) {
		Route[] routes = new Route[REASONS * DatabaseReason.values().length];
		for (DatabaseReason databaseReason : DatabaseReason.values()) {
			for (RouteReason reason : RouteReason.values()) {
				Access access = (reason == RouteReason.WRITE) ? Access.WRITE : Access.READ;
				routes[index(reason, databaseReason)] = new Route(node, access, reason, databaseReason);
			}
		}
		return routes;
	}

	private static int index(RouteReason reason, DatabaseReason databaseReason) {
		return databaseReason.ordinal() * REASONS + reason.ordinal();
	}

	Route to(Node node, RouteReason reason, DatabaseReason databaseReason) {
		return Objects.requireNonNull(this.routes.get(node))[index(reason, databaseReason)];
	}

}
