package io.uno.routing;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that the transactions of a task have open, so that another thread can
 * cancel them in the database. What is opened afterwards is refused. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 * @see DatabaseClaims#carry(Runnable, RunningStatements)
 */
public final class RunningStatements {

	private static final String QUERY_CANCELED = "57014";

	private final List<Statement> open = new ArrayList<>(2);

	private boolean cancelled;

	/**
	 * Creates a list of statements that is empty.
	 */
	public RunningStatements() {
	}

	/**
	 * Takes note of a statement.
	 */
	synchronized void opened(Statement statement) throws SQLException {
		if (this.cancelled) {
			statement.close();
			throw new SQLException("The task has been cancelled and sends nothing more", QUERY_CANCELED);
		}
		for (int i = this.open.size() - 1; i >= 0; i--) {
			if (this.open.get(i).isClosed()) {
				this.open.remove(i);
			}
		}
		this.open.add(statement);
	}

	/**
	 * Cancels what is running, and has what comes later refused.
	 * @throws SQLException if the server can't be told
	 */
	public void cancel() throws SQLException {
		for (Statement statement : cancelled()) {
			// does nothing to those that are not executed at the moment
			if (!statement.isClosed()) {
				statement.cancel();
			}
		}
	}

	private synchronized List<Statement> cancelled() {
		this.cancelled = true;
		return List.copyOf(this.open);
	}

}
