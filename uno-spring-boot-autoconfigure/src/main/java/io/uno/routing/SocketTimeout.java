package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.Executor;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has a connection wait for its server no longer than the running transaction may last,
 * as a statement can only be cancelled by a server that answers. The server is given a
 * moment to do that itself.
 */
final class SocketTimeout {

	private static final Duration GRACE = Duration.ofSeconds(2);

	private static final Executor SAME_THREAD = Runnable::run;

	private final Connection connection;

	private final int before;

	private SocketTimeout(Connection connection, int before) {
		this.connection = connection;
		this.before = before;
	}

	/**
	 * Milliseconds that are left to the running transaction, less than zero if it may
	 * last as long as it likes.
	 * @param dataSource what the transaction is most likely to be known by
	 */
	static long remaining(DataSource dataSource) {
		Map<Object, Object> resources = TransactionSynchronizationManager.getResourceMap();
		if (resources.get(dataSource) instanceof ResourceHolderSupport holder) {
			return remaining(holder.getDeadline());
		}
		for (Object resource : resources.values()) {
			if (resource instanceof ResourceHolderSupport holder && holder.hasTimeout()) {
				return remaining(holder.getDeadline());
			}
		}
		return -1;
	}

	private static long remaining(@Nullable Date deadline) {
		return (deadline != null) ? Math.max(0, deadline.getTime() - System.currentTimeMillis()) : -1;
	}

	static SocketTimeout of(Connection connection, long remaining) throws SQLException {
		SocketTimeout timeout = new SocketTimeout(connection, connection.getNetworkTimeout());
		int wanted = Math.toIntExact(Math.min(Integer.MAX_VALUE, remaining + GRACE.toMillis()));
		if (timeout.before == 0 || timeout.before > wanted) {
			connection.setNetworkTimeout(SAME_THREAD, wanted);
		}
		return timeout;
	}

	/**
	 * Lets the connection wait as long as before.
	 */
	void undo() throws SQLException {
		this.connection.setNetworkTimeout(SAME_THREAD, this.before);
	}

}
