package io.uno.routing.autoconfigure;

import java.sql.SQLException;

import javax.sql.DataSource;

import io.uno.routing.RoutingDataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.core.Ordered;

/**
 * Has Boot's Flyway migrate over the primary's own pool, unless it has a data source of
 * its own.
 */
class PrimaryFlywayCustomizer implements FlywayConfigurationCustomizer, Ordered {

	@Override
	public void customize(FluentConfiguration configuration) {
		DataSource dataSource = configuration.getDataSource();
		try {
			if (dataSource.isWrapperFor(RoutingDataSource.class)) {
				configuration.dataSource(dataSource.unwrap(RoutingDataSource.class).getResolvedDefaultDataSource());
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look into Flyway's data source " + dataSource, ex);
		}
	}

	/**
	 * First, so that the application's customizers have the last word.
	 */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
