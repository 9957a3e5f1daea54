package io.uno.datasource.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A pool that leaves the other pools of this JVM alone. When Hikari opens a pool, it
 * makes the pool's connection timeout the login timeout of the driver manager, which
 * drivers obey for whoever connects later. The short timeout of a replica would cut off
 * slow logins to every primary.
 */
final class NodePool extends HikariDataSource {

	@Override
	public Connection getConnection() throws SQLException {
		if (isRunning()) {
			return super.getConnection();
		}
		int before = DriverManager.getLoginTimeout();
		try {
			return super.getConnection();
		}
		finally {
			if (isShorter(DriverManager.getLoginTimeout(), before)) {
				DriverManager.setLoginTimeout(before);
			}
		}
	}

	/**
	 * No time is unlimited time.
	 */
	private static boolean isShorter(int timeout, int before) {
		return timeout != 0 && (before == 0 || timeout < before);
	}

}
