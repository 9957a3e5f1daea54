package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Asks for a connection again that could not be had. Nothing has been sent over it, so
 * that no work need be done again.
 *
 * @param pool the node's pool
 * @param router what the running transaction is known by
 * @param policy when and how often, {@code null} for never
 */
record ConnectionRetry(RoutedPool pool, DataSource router, @Nullable RetryPolicy policy) {

	private static final Log logger = LogFactory.getLog(ConnectionRetry.class);

	static ConnectionRetry of(RoutedPool pool, DataSource router, @Nullable RouteScope scope) {
		return new ConnectionRetry(pool, router, (scope != null && !pool.node().replica()) ? scope.connecting() : null);
	}

	Connection open(SQLException first) throws SQLException {
		if (this.policy == null) {
			throw first;
		}
		BackOffExecution waits = this.policy.getBackOff().start();
		long began = System.nanoTime();
		SQLException failure = first;
		while (this.policy.shouldRetry(failure)) {
			long wait = waits.nextBackOff();
			if (wait == BackOffExecution.STOP || !isTimeFor(wait, began) || !await(wait)) {
				break;
			}
			logger.warn(
					"No connection to %s, it is asked for again: %s".formatted(this.pool.node(), failure.getMessage()));
			try {
				return this.pool.getConnection();
			}
			catch (SQLException ex) {
				failure = ex;
			}
		}
		throw failure;
	}

	/**
	 * Neither the policy nor the running transaction may end meanwhile.
	 */
	private boolean isTimeFor(long wait, long began) {
		Duration limit = (this.policy != null) ? this.policy.getTimeout() : Duration.ZERO;
		long remaining = SocketTimeout.remaining(this.router);
		return (limit.isZero() || Duration.ofNanos(System.nanoTime() - began).plusMillis(wait).compareTo(limit) < 0)
				&& (remaining < 0 || wait < remaining);
	}

	private static boolean await(long wait) {
		try {
			Thread.sleep(wait);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
