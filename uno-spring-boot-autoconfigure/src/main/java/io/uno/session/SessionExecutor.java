package io.uno.session;

import java.util.concurrent.Executor;

import io.uno.routing.RunningStatements;
import org.jspecify.annotations.Nullable;

/**
 * Runs the work of asynchronous sessions. Safe for use by many threads.
 *
 * @since 0.1.0
 * @see SessionTemplate#async()
 */
@FunctionalInterface
public interface SessionExecutor {

	/**
	 * Runs work on another thread, now or later.
	 * @param work the work, which never throws
	 * @param database name of the database that it was meant for, {@code null} if nobody
	 * has said
	 * @param statements takes note of the statements of the work, where they can be
	 * @throws java.util.concurrent.RejectedExecutionException if there is no room for it,
	 * or the application is stopping
	 */
	void execute(Runnable work, @Nullable String database, RunningStatements statements);

	/**
	 * Returns one that hands all work to an executor.
	 * @param executor runs the work
	 * @return the executor of sessions
	 */
	static SessionExecutor of(Executor executor) {
		return (work, database, statements) -> executor.execute(work);
	}

}
