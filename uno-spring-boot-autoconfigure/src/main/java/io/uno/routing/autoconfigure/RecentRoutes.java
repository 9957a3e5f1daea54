package io.uno.routing.autoconfigure;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import io.uno.routing.Route;
import io.uno.routing.RouteListener;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the routes that were chosen last. It takes no lock, as it is told of every route
 * on the thread that sends the statement.
 */
class RecentRoutes implements RouteListener {

	static final int CAPACITY = 20;

	private final AtomicReferenceArray<@Nullable RecentRoute> routes = new AtomicReferenceArray<>(CAPACITY);

	private final AtomicLong count = new AtomicLong();

	@Override
	public void routed(Route route) {
		long number = this.count.getAndIncrement();
		this.routes.set((int) (number % CAPACITY), new RecentRoute(number, System.currentTimeMillis(), route));
	}

	/**
	 * The last routes, the newest first.
	 */
	List<RecentRoute> newestFirst() {
		return IntStream.range(0, CAPACITY)
			.mapToObj(this.routes::get)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparingLong(RecentRoute::number).reversed())
			.toList();
	}

	/**
	 * A route, and when it was chosen.
	 *
	 * @param number how many were chosen before it
	 * @param millis when it was chosen, in milliseconds since the epoch
	 * @param route the route
	 */
	record RecentRoute(long number, long millis, Route route) {

		Instant time() {
			return Instant.ofEpochMilli(this.millis);
		}

	}

}
