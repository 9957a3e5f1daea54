package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.uno.routing.BegunStatement.Execution;
import org.jspecify.annotations.Nullable;

/**
 * The transaction around a statement that would commit by itself, but has to tell the
 * server something before.
 *
 * @param connection the node's connection, in autocommit mode
 * @param settings what the server is told
 */
record SingleStatementTransaction(Connection connection, TransactionSettings settings) {

	@Nullable Object execute(Statement statement, Execution execution) throws Throwable {
		int fetchSize = statement.getFetchSize();
		// what is fetched later would find the transaction gone
		statement.setFetchSize(0);
		this.connection.setAutoCommit(false);
		Object result;
		try {
			this.settings.applyTo(this.connection);
			result = execution.run();
			this.connection.commit();
		}
		catch (Throwable ex) {
			undo(ex);
			throw ex;
		}
		this.connection.setAutoCommit(true);
		if (!statement.isClosed()) {
			statement.setFetchSize(fetchSize);
		}
		return result;
	}

	/**
	 * A connection that can do neither is broken; it stays out of autocommit mode, in
	 * which it is rolled back or thrown away when it is given back.
	 */
	private void undo(Throwable failure) {
		try {
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

}
