package io.uno.datasource.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.zaxxer.hikari.HikariConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DatabaseDriver;

/**
 * Settings of drivers that keep a lost server from holding up threads. What the url or
 * the settings of the pool say is never changed. That the connections of a pool don't all
 * end at once is nothing to set: Hikari ends each after three quarters of its maximum
 * lifetime at the earliest, at random.
 */
final class DriverSettings {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * The settings that are told of, none of which is secret.
	 */
	private static final List<String> NAMES = List.of("connectTimeout", "loginTimeout", "socketTimeout",
			"tcpKeepAlive");

	private DriverSettings() {
	}

	/**
	 * Put in what nobody has set. An entry of a service file counts less than what is put
	 * in here, so that nothing is.
	 */
	static void complete(HikariConfig pool) {
		String url = pool.getJdbcUrl();
		if (parameter(url, "service") != null) {
			return;
		}
		defaults(pool).forEach((name, value) -> {
			if (parameter(url, name) == null && property(pool, name) == null) {
				pool.addDataSourceProperty(name, value);
			}
		});
	}

	private static Map<String, String> defaults(HikariConfig pool) {
		Map<String, String> defaults = new LinkedHashMap<>();
		switch (DatabaseDriver.fromJdbcUrl(pool.getJdbcUrl())) {
			case POSTGRESQL -> {
				defaults.put("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
				// without it the driver takes the one of the driver manager, which is
				// that of the pool that was opened last
				defaults.put("loginTimeout", String.valueOf(loginTimeout(pool).toSeconds()));
				defaults.put("tcpKeepAlive", "true");
			}
			// both keep connections alive by themselves
			case MARIADB, MYSQL -> defaults.put("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toMillis()));
			default -> {
			}
		}
		return defaults;
	}

	/**
	 * Who waits for a connection of a replica does so for a short time only, which may be
	 * too short to log in over a long distance.
	 */
	private static Duration loginTimeout(HikariConfig pool) {
		Duration waiting = Duration.ofMillis(pool.getConnectionTimeout());
		return (waiting.compareTo(LOGIN_TIMEOUT) > 0) ? waiting : LOGIN_TIMEOUT;
	}

	/**
	 * The settings that are in effect, as far as they differ from the driver's own.
	 */
	static String describe(HikariConfig pool) {
		Map<String, String> settings = new LinkedHashMap<>();
		for (String name : NAMES) {
			String parameter = parameter(pool.getJdbcUrl(), name);
			String value = (parameter != null) ? parameter : property(pool, name);
			if (value != null) {
				settings.put(name, value);
			}
		}
		return settings.isEmpty() ? "as the driver has them" : settings.toString().replaceAll("[{}]", "");
	}

	/**
	 * A name in any case: MariaDB's driver takes it so, too.
	 */
	private static @Nullable String parameter(@Nullable String url, String name) {
		if (url == null) {
			return null;
		}
		Matcher matcher = Pattern.compile("[?&;]" + name + "=([^&;#]*)", Pattern.CASE_INSENSITIVE).matcher(url);
		return matcher.find() ? matcher.group(1) : null;
	}

	private static @Nullable String property(HikariConfig pool, String name) {
		Properties properties = pool.getDataSourceProperties();
		Object value = properties.get(name);
		return (value != null) ? value.toString() : null;
	}

}
