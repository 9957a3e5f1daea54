package io.uno.bench;

import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.postgresql.Driver;

/**
 * A primary and its replica, and the role that connects to both. The password is in the
 * file that pgjdbc was told of.
 *
 * @param primary JDBC url of the primary
 * @param replica JDBC url of the replica
 * @param username the role
 */
record ReplicatedServers(String primary, String replica, String username) {

	/**
	 * Connections of each pool. One is used.
	 */
	static final int POOL_SIZE = 2;

	HikariDataSource primaryPool() {
		return pool(this.primary);
	}

	HikariDataSource replicaPool() {
		return pool(this.replica);
	}

	private HikariDataSource pool(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setUsername(this.username);
		config.setMaximumPoolSize(POOL_SIZE);
		return new HikariDataSource(config);
	}

	/**
	 * Returns what comes before the name of the database in a JDBC url.
	 * @param url the url
	 * @return host and port
	 */
	static String hostAndPort(String url) {
		Properties parsed = Driver.parseURL(url, null);
		if (parsed == null) {
			throw new IllegalArgumentException("Not the url of a PostgreSQL server: " + url);
		}
		return parsed.getProperty("PGHOST") + ":" + parsed.getProperty("PGPORT");
	}

}
