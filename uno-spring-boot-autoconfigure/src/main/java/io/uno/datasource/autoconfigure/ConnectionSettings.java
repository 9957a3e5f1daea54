package io.uno.datasource.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import io.uno.datasource.autoconfigure.DatabasesProperties.DatabaseProperties;
import io.uno.datasource.autoconfigure.DatabasesProperties.ReplicaProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.StringUtils;

/**
 * Where a node is and who connects to it. What is left out stays as the pool has it.
 */
record ConnectionSettings(@Nullable String url, @Nullable String username, @Nullable String password,
		@Nullable String driverClassName) {

	static ConnectionSettings of(DatabaseProperties database) {
		return new ConnectionSettings(database.url(), database.username(), database.password(),
				database.driverClassName());
	}

	static ConnectionSettings of(ReplicaProperties replica) {
		return new ConnectionSettings(replica.url(), replica.username(), replica.password(), replica.driverClassName());
	}

	static ConnectionSettings of(JdbcConnectionDetails details) {
		return new ConnectionSettings(details.getJdbcUrl(), details.getUsername(), details.getPassword(),
				details.getDriverClassName());
	}

	void applyTo(HikariConfig pool, String prefix, NodeDriver driver) {
		if (StringUtils.hasText(this.url)) {
			pool.setJdbcUrl(this.url);
		}
		if (this.username != null) {
			pool.setUsername(this.username);
		}
		if (this.password != null) {
			pool.setPassword(this.password);
		}
		if (StringUtils.hasText(this.driverClassName)) {
			driver.require(this.driverClassName, prefix + ".driver-class-name");
			pool.setDriverClassName(this.driverClassName);
		}
	}

	/**
	 * Tells everything but the password, and the url that may hold one.
	 */
	@Override
	public String toString() {
		return "ConnectionSettings[username=" + this.username + "]";
	}

}
