package io.uno.datasource.autoconfigure;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariConfig;
import io.uno.datasource.autoconfigure.DeclaredProperties.DeclaredProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.origin.Origin;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Finds the driver of a pool, so that a missing one is told at start.
 */
final class NodeDriver {

	private final DeclaredProperties declared;

	NodeDriver(DeclaredProperties declared) {
		this.declared = declared;
	}

	/**
	 * Gives the pool the driver that its url needs, unless it has one.
	 */
	void complete(HikariConfig pool, String prefix) {
		String key = prefix + ".url";
		String url = pool.getJdbcUrl();
		if (!StringUtils.hasText(url)) {
			throw missingUrl(key);
		}
		if (pool.getDriverClassName() != null) {
			return;
		}
		String driver = url.startsWith("jdbc:") ? DatabaseDriver.fromJdbcUrl(url).getDriverClassName() : null;
		if (driver != null) {
			require(driver, key);
			pool.setDriverClassName(driver);
		}
		else if (DriverManager.drivers().noneMatch((candidate) -> accepts(candidate, url))) {
			throw new InvalidDatabasesException(key, origin(key),
					"is nothing that a driver on the class path understands",
					"Correct it: a JDBC URL, such as 'jdbc:postgresql://localhost/shop'.",
					"Add the dependency that brings the driver.",
					"Set '%s' to the driver.".formatted(prefix + ".driver-class-name"));
		}
	}

	private static boolean accepts(Driver driver, String url) {
		try {
			return driver.acceptsURL(url);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * Refuses a driver that is not there.
	 */
	void require(String driver, String key) {
		if (!ClassUtils.isPresent(driver, null)) {
			throw new InvalidDatabasesException(key, origin(key),
					"needs the driver '%s', which is not on the class path".formatted(driver),
					"Add the dependency that brings the driver, such as 'org.postgresql:postgresql' for PostgreSQL.",
					"Correct '%s'.".formatted(key));
		}
	}

	private @Nullable Origin origin(String key) {
		return this.declared.named(key).map(DeclaredProperty::origin).orElse(null);
	}

	private static InvalidDatabasesException missingUrl(String key) {
		return new InvalidDatabasesException(key, "is missing",
				"Set it to the JDBC URL of the server, such as 'jdbc:postgresql://localhost/shop'.",
				"Set 'uno.embedded.enabled' to true for a PostgreSQL server that uno starts itself, in a test with @EmbeddedPostgres.",
				"Give a container to it: @ServiceConnection for the default database, @DatabaseConnection for another.");
	}

}
