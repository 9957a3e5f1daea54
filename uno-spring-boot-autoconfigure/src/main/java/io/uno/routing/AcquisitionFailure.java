package io.uno.routing;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.uno.datasource.Node;
import io.uno.error.DatabaseError.PoolUsage;
import io.uno.error.FailureOrigin;

/**
 * A pool that had no connection to give.
 */
final class AcquisitionFailure {

	private AcquisitionFailure() {
	}

	/**
	 * Notes in the failure of which node the pool is, and how it was used.
	 * @return the failure
	 */
	static SQLException at(Node node, DataSource pool, SQLException failure) throws SQLException {
		FailureOrigin.place(failure, node.database(), node.id());
		HikariPoolMXBean usage = pool.isWrapperFor(HikariDataSource.class)
				? pool.unwrap(HikariDataSource.class).getHikariPoolMXBean() : null;
		if (usage != null) {
			FailureOrigin.pool(failure, new PoolUsage(usage.getActiveConnections(), usage.getIdleConnections(),
					usage.getThreadsAwaitingConnection()));
		}
		return failure;
	}

}
