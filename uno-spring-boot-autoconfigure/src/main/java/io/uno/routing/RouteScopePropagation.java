package io.uno.routing;

import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Has Micrometer's context propagation take along what has been asked for around work:
 * database, freshness and whose it is. It so follows to threads of {@code @Async},
 * executors and Reactor where those propagate contexts. A transaction stays where it is.
 * Registered while the application runs; each application context has an entry of its
 * own. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class RouteScopePropagation implements SmartLifecycle {

	private static final AtomicLong count = new AtomicLong();

	private final ContextRegistry registry;

	private final Accessor accessor;

	private volatile boolean running;

	/**
	 * Creates the propagation of what is asked for around work.
	 * @param claims where that is kept
	 * @param registry where it is registered
	 */
	public RouteScopePropagation(DatabaseClaims claims, ContextRegistry registry) {
		this.registry = registry;
		this.accessor = new Accessor("io.uno.routing.scope." + count.incrementAndGet(), claims);
	}

	@Override
	public void start() {
		this.registry.registerThreadLocalAccessor(this.accessor);
		this.running = true;
	}

	@Override
	public void stop() {
		this.registry.removeThreadLocalAccessor(this.accessor.key());
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Before everything that may hand work to other threads, and until after it.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	/**
	 * Leads to the scope of the current thread.
	 *
	 * @param key its name among all that are registered
	 * @param claims where the scope is kept
	 */
	private record Accessor(Object key, DatabaseClaims claims) implements ThreadLocalAccessor<RouteScope> {

		@Override
		public @Nullable RouteScope getValue() {
			return this.claims.scope();
		}

		@Override
		public void setValue(RouteScope value) {
			this.claims.restore(value);
		}

		@Override
		public void setValue() {
			this.claims.restore(null);
		}

	}

}
