package io.uno.session.autoconfigure;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads of asynchronous sessions: a virtual one for each call where the JVM has
 * them, else a pool. No executor itself, as Boot would make none for the application
 * then.
 */
class SessionThreads implements SmartLifecycle {

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	/**
	 * As many as a pool has connections when nothing says otherwise.
	 */
	private static final int POOL_SIZE = 10;

	private volatile ThreadPoolTaskExecutor executor = createExecutor();

	private volatile boolean running;

	private static ThreadPoolTaskExecutor createExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix("uno-session-");
		executor.setWaitForTasksToCompleteOnShutdown(true);
		executor.setAwaitTerminationMillis(Long.MAX_VALUE);
		if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
			executor.setVirtualThreads(true);
			executor.setCorePoolSize(0);
			executor.setQueueCapacity(0);
			executor.setKeepAliveSeconds(0);
		}
		else {
			executor.setCorePoolSize(POOL_SIZE);
			executor.setAllowCoreThreadTimeOut(true);
		}
		executor.initialize();
		return executor;
	}

	void execute(Runnable task) {
		this.executor.execute(task);
	}

	@Override
	public void start() {
		if (this.executor.getThreadPoolExecutor().isShutdown()) {
			this.executor = createExecutor();
		}
		this.running = true;
	}

	/**
	 * Waits on a thread of its own, so that Spring's limit for a phase of the shutdown
	 * holds.
	 */
	@Override
	public void stop(Runnable callback) {
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

	@Override
	public void stop() {
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
