package io.uno.session;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

import io.uno.routing.RunningStatements;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.hibernate.HibernateException;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The result of asynchronous work. When somebody else ends it, by cancelling it or as its
 * time is over, the statement that is running is cancelled in the database, and the
 * transaction rolled back. Safe for use by many threads.
 *
 * @param <T> type of the result
 */
final class SessionFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	private static final Log logger = LogFactory.getLog(SessionFuture.class);

	private final RunningStatements statements = new RunningStatements();

	private volatile @Nullable Session session;

	private volatile boolean ended;

	private volatile boolean mayFinish;

	SessionFuture() {
		// asking the server to cancel may take a while
		whenCompleteAsync((result, failure) -> cancelWork());
	}

	RunningStatements statements() {
		return this.statements;
	}

	/**
	 * Does the work and tells its result, unless nobody waits for it any more.
	 */
	void complete(Work<T> work) {
		if (isDone()) {
			return;
		}
		try {
			T result = work.run(this);
			this.ended = true;
			complete(result);
		}
		catch (Throwable ex) {
			this.ended = true;
			completeExceptionally(ex);
		}
	}

	<X extends Exception> T run(Session working, SessionCallback<T, X> work) throws X {
		this.session = working;
		try {
			return work.doInSession(working);
		}
		finally {
			this.session = null;
		}
	}

	@Override
	public boolean cancel(boolean interrupting) {
		this.mayFinish = !interrupting;
		return super.cancel(interrupting);
	}

	private void cancelWork() {
		if (this.ended || this.mayFinish) {
			return;
		}
		try {
			this.statements.cancel();
			Session working = this.session;
			if (working != null) {
				working.cancelQuery();
			}
		}
		catch (SQLException | HibernateException ex) {
			logger.warn("Failed to cancel the statement of work that nobody waits for any more", ex);
		}
	}

	/**
	 * Work that is done in a session.
	 *
	 * @param <T> type of the result
	 */
	@FunctionalInterface
	interface Work<T extends @Nullable Object> {

		T run(SessionFuture<T> future) throws Exception;

	}

}
