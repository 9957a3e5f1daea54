package io.uno.session.autoconfigure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * The work on one database: as much at a time as its pool has connections, the rest waits
 * in its order. Safe for use by many threads.
 */
final class WaitingWork {

	private final String description;

	private final int limit;

	private final int capacity;

	private final Executor threads;

	private final Deque<Runnable> waiting = new ArrayDeque<>();

	private int working;

	/**
	 * Create one.
	 * @param description what it is work on, for messages
	 * @param limit how much may be at work
	 * @param capacity how much may wait
	 * @param threads runs it
	 */
	WaitingWork(String description, int limit, int capacity, Executor threads) {
		this.description = description;
		this.limit = limit;
		this.capacity = capacity;
		this.threads = threads;
	}

	void execute(Runnable work) {
		if (begins(work)) {
			start(work);
		}
	}

	private synchronized boolean begins(Runnable work) {
		if (this.working < this.limit) {
			this.working++;
			return true;
		}
		if (this.waiting.size() >= this.capacity) {
			throw new RejectedExecutionException(
					"Asynchronous work on %s is rejected: %d are at work, as many as the pool has connections, and %d wait; have callers wait for results, or raise 'uno.async.queue-capacity'"
						.formatted(this.description, this.working, this.waiting.size()));
		}
		this.waiting.add(work);
		return false;
	}

	private void start(Runnable work) {
		boolean started = false;
		try {
			this.threads.execute(() -> run(work));
			started = true;
		}
		finally {
			if (!started) {
				ended();
			}
		}
	}

	/**
	 * The thread goes on with what waits, so that there are no more of them than may be
	 * at work.
	 */
	private void run(Runnable first) {
		boolean ended = false;
		try {
			for (Runnable work = first; work != null; work = next()) {
				work.run();
			}
			ended = true;
		}
		finally {
			Runnable next = ended ? null : next();
			if (next != null) {
				start(next);
			}
		}
	}

	private synchronized @Nullable Runnable next() {
		Runnable next = this.waiting.poll();
		if (next == null) {
			ended();
		}
		return next;
	}

	private synchronized void ended() {
		this.working--;
		notifyAll();
	}

	/**
	 * Waits until nothing is at work any more.
	 */
	synchronized void awaitEnd() throws InterruptedException {
		while (this.working > 0) {
			wait();
		}
	}

}
