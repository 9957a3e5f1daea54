package io.uno.datasource;

import java.lang.reflect.Field;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

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
		separate(copy, "dataSourceProperties", pool.getDataSourceProperties());
		separate(copy, "healthCheckProperties", pool.getHealthCheckProperties());
		InitializedConnections.forgetIn(copy);
		copy.setPoolName(null);
		copy.setScheduledExecutor(null);
		forgetMetrics(copy);
		copy.setHealthCheckRegistry(null);
		return copy;
	}

	/**
	 * Hikari's copy shares the properties with the original, and has no other way to set
	 * them than to add some.
	 */
	private static void separate(HikariConfig copy, String name, Properties shared) {
		Field field = ReflectionUtils.findField(HikariConfig.class, name, Properties.class);
		Assert.state(field != null, () -> "Hikari has no field '%s'".formatted(name));
		ReflectionUtils.makeAccessible(field);
		ReflectionUtils.setField(field, copy, shared.clone());
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
