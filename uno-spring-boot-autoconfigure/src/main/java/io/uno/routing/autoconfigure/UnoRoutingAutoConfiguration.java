package io.uno.routing.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Auto-configuration of routing. With {@code uno.databases} the routing data source is
 * the application's data source; with {@code uno.replicas} it is put around Boot's.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoDataSourceAutoConfiguration.class, before = DataSourceAutoConfiguration.class)
@ConditionalOnClass({ DataSource.class, HikariDataSource.class, DataSourceAutoConfiguration.class,
		AbstractRoutingDataSource.class })
@EnableConfigurationProperties(ContextProperties.class)
@Import(RoutingBeanRegistrar.class)
public final class UnoRoutingAutoConfiguration {

}
