package io.uno.session.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads of asynchronous sessions: a virtual one for each call where the JVM has
 * them, else one of a pool, and at most as many at work on a database as its pool has
 * connections. No executor itself, as Boot would make none for the application then.
 */
class SessionThreads implements SmartLifecycle {

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	private static final int IDLE_SECONDS = 60;

	private final Map<String, WaitingWork> work = new ConcurrentHashMap<>();

	private final Function<@Nullable String, AsyncLimit> limits;

	private final int queueCapacity;

	private volatile ThreadPoolTaskExecutor executor = createExecutor();

	private volatile boolean running;

	private volatile boolean stopped;

	/**
	 * Create the threads.
	 * @param limits tells how much may be at work on a database, {@code null} for the one
	 * that nobody has named
	 * @param queueCapacity how much may wait for each of them
	 */
	SessionThreads(Function<@Nullable String, AsyncLimit> limits, int queueCapacity) {
		this.limits = limits;
		this.queueCapacity = queueCapacity;
	}

	private static ThreadPoolTaskExecutor createExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix("uno-session-");
		executor.setWaitForTasksToCompleteOnShutdown(true);
		executor.setAwaitTerminationMillis(Long.MAX_VALUE);
		boolean virtual = Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
		executor.setVirtualThreads(virtual);
		executor.setCorePoolSize(0);
		executor.setQueueCapacity(0);
		executor.setKeepAliveSeconds(virtual ? 0 : IDLE_SECONDS);
		executor.initialize();
		return executor;
	}

	void execute(Runnable task, @Nullable String database) {
		if (this.stopped) {
			throw new RejectedExecutionException(
					"Asynchronous work is rejected, as the application is stopping; begin it earlier");
		}
		AsyncLimit limit = this.limits.apply(database);
		this.work
			.computeIfAbsent(limit.pool(),
					(pool) -> new WaitingWork("'%s'".formatted(pool), limit.connections(), this.queueCapacity,
							(thread) -> this.executor.execute(thread)))
			.execute(task);
	}

	@Override
	public void start() {
		if (this.executor.getThreadPoolExecutor().isShutdown()) {
			this.executor = createExecutor();
		}
		this.stopped = false;
		this.running = true;
	}

	/**
	 * Waits on a thread of its own, so that Spring's limit for a phase of the shutdown
	 * holds.
	 */
	@Override
	public void stop(Runnable callback) {
		this.stopped = true;
		Thread waiting = new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "uno-session-shutdown");
		waiting.setDaemon(true);
		waiting.start();
	}

	/**
	 * What waits is in flight too.
	 */
	@Override
	public void stop() {
		this.stopped = true;
		try {
			for (WaitingWork each : this.work.values()) {
				each.awaitEnd();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.executor.shutdown();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * After web servers have answered their last requests, and before the replicas are
	 * left alone.
	 */
	@Override
	public int getPhase() {
		return 1;
	}

}
