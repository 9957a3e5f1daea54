package io.uno.routing;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a router needs to know beside its nodes. Immutable.
 *
 * @param reads finds how the reads of a database, by its name, find their replicas
 * @param selector chooses among replicas, {@code null} to have the settings decide
 * @param listeners are told of every route
 * @since 0.1.0
 */
public record RoutingSettings(Function<String, ReadSettings> reads, @Nullable ReplicaSelector selector,
		List<RouteListener> listeners) {

	public RoutingSettings {
		listeners = List.copyOf(listeners);
	}

	/**
	 * What holds where nobody says anything.
	 * @return the settings
	 */
	public static RoutingSettings defaults() {
		return new RoutingSettings((database) -> ReadSettings.DEFAULTS, null, List.of());
	}

}
