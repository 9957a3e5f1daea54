package io.uno.datasource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * Takes over the settings of a pool for another pool.
 *
 * @since 0.1.0
 */
public final class PoolSettings {

	private PoolSettings() {
	}

	/**
	 * Copies what describes connections and the pool's size, but nothing that belongs to
	 * that one pool: its name, its metrics and its executors.
	 * @param pool the pool to take the settings from
	 * @return a configuration of its own, not sealed
	 */
	public static HikariConfig copyOf(HikariDataSource pool) {
		HikariConfig copy = new HikariConfig();
		pool.copyStateTo(copy);
		copy.setPoolName(null);
		copy.setScheduledExecutor(null);
		forgetMetrics(copy);
		copy.setHealthCheckRegistry(null);
		return copy;
	}

	/**
	 * Hikari refuses to set one of the two while it has the other, be it to nothing.
	 */
	private static void forgetMetrics(HikariConfig copy) {
		if (copy.getMetricsTrackerFactory() != null) {
			copy.setMetricsTrackerFactory(null);
		}
		if (copy.getMetricRegistry() != null) {
			copy.setMetricRegistry(null);
		}
	}

}
