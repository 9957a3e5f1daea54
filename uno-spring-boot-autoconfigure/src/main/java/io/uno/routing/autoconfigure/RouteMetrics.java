package io.uno.routing.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.uno.datasource.Node;
import io.uno.datasource.Position;
import io.uno.routing.Route;
import io.uno.routing.RouteListener;

/**
 * Counts the routes that have been chosen, and what reading one's own writes costs. It
 * counts by itself and is bound to registries when Boot binds them, so that the data
 * source can be used before there is any registry and does not make one come about early.
 */
class RouteMetrics implements RouteListener, MeterBinder {

	private final Map<Counted, LongAdder> counts = new HashMap<>();

	/**
	 * Routes that differ only in why it is their database share their count.
	 */
	private final Map<Route, LongAdder> byRoute = new ConcurrentHashMap<>();

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	@Override
	public void routed(Route route) {
		LongAdder count = this.byRoute.get(route);
		if (count == null) {
			count = find(Counted.decision(route));
			this.byRoute.put(route, count);
		}
		count.increment();
	}

	@Override
	public void waited(Node replica, Duration time, boolean reached) {
		for (MeterRegistry registry : this.registries) {
			Timer.builder("uno.position.wait")
				.description("How long reads have waited for a replica to have what their caller has written")
				.tag("database", replica.database())
				.tag("node", replica.id())
				.tag("reached", String.valueOf(reached))
				.register(registry)
				.record(time);
		}
	}

	@Override
	public void dropped(Position position) {
		find(Counted.dropped(position)).increment();
	}

	@Override
	public void undeclaredRead(Route route) {
		find(Counted.undeclaredRead(route)).increment();
	}

	private synchronized LongAdder find(Counted counted) {
		LongAdder known = this.counts.get(counted);
		if (known != null) {
			return known;
		}
		LongAdder count = new LongAdder();
		this.counts.put(counted, count);
		this.registries.forEach((registry) -> counted.register(registry, count));
		return count;
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.counts.forEach((counted, count) -> counted.register(registry, count));
	}

	/**
	 * Something that is counted.
	 *
	 * @param name name of the counter
	 * @param description what it counts
	 * @param tags its tags
	 */
	private record Counted(String name, String description, Tags tags) {

		static Counted decision(Route route) {
			return new Counted("uno.routing.decisions",
					"Routes chosen for transactions, and for statements outside of one",
					Tags.of("database", route.database(), "node", route.node().id(), "access",
							RouteCode.of(route.access()), "reason", RouteCode.of(route.reason())));
		}

		static Counted dropped(Position position) {
			return new Counted("uno.positions.dropped", "Positions that the log of their primary does not have",
					Tags.of("database", position.database()));
		}

		static Counted undeclaredRead(Route route) {
			return new Counted("uno.routing.undeclared.reads",
					"Transactions on a primary that have only read without having said so",
					Tags.of("database", route.database()));
		}

		void register(MeterRegistry registry, LongAdder count) {
			FunctionCounter.builder(this.name, count, LongAdder::sum)
				.description(this.description)
				.tags(this.tags)
				.register(registry);
		}

	}

}
