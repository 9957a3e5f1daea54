package io.uno.routing.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.uno.routing.Route;
import io.uno.routing.RouteListener;

/**
 * Counts the routes that have been chosen. It counts by itself and is bound to registries
 * when Boot binds them, so that the data source can be used before there is any registry
 * and does not make one come about early.
 */
class RouteMetrics implements RouteListener, MeterBinder {

	private final Map<Route, LongAdder> counts = new ConcurrentHashMap<>();

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	@Override
	public void routed(Route route) {
		LongAdder count = this.counts.get(route);
		if (count == null) {
			count = add(route);
		}
		count.increment();
	}

	private synchronized LongAdder add(Route route) {
		LongAdder count = new LongAdder();
		LongAdder other = this.counts.putIfAbsent(route, count);
		if (other != null) {
			return other;
		}
		this.registries.forEach((registry) -> register(registry, route, count));
		return count;
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.counts.forEach((route, count) -> register(registry, route, count));
	}

	private static void register(MeterRegistry registry, Route route, LongAdder count) {
		FunctionCounter.builder("uno.routing.decisions", count, LongAdder::sum)
			.description("Routes chosen for transactions, and for statements outside of one")
			.tag("database", route.database())
			.tag("node", route.node().id())
			.tag("access", RouteCode.of(route.access()))
			.tag("reason", RouteCode.of(route.reason()))
			.register(registry);
	}

}
