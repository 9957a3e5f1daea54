package io.uno.routing.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Databases;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.autoconfigure.ReadsProperties;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the Actuator endpoint {@code uno}. Routes are kept for it only
 * where it is exposed.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoRoutingAutoConfiguration.class)
@ConditionalOnClass({ HikariDataSource.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(Databases.class)
@ConditionalOnAvailableEndpoint(UnoEndpoint.class)
public final class UnoEndpointAutoConfiguration {

	@Bean
	RecentRoutes recentRoutes() {
		return new RecentRoutes();
	}

	@Bean
	@ConditionalOnMissingBean
	UnoEndpoint unoEndpoint(Databases databases, NodeMonitor monitor,
			@Qualifier(RoutingBeanRegistrar.DATA_SOURCE) DataSource dataSource, Environment environment,
			RecentRoutes recentRoutes) {
		return new UnoEndpoint(databases, monitor, dataSource,
				(database) -> ReadsProperties.from(environment, database), recentRoutes);
	}

}
