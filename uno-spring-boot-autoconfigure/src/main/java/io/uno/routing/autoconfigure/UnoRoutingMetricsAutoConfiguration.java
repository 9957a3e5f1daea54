package io.uno.routing.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.uno.datasource.Databases;
import io.uno.datasource.NodeMonitor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the metrics of routing:
 * <ul>
 * <li>{@code uno.routing.decisions}, every route that was chosen by database, node,
 * access and reason</li>
 * <li>{@code uno.routing.undeclared.reads}, transactions that have only read without
 * having said so</li>
 * <li>{@code uno.position.wait} and {@code uno.positions.dropped}, what reading one's own
 * writes costs</li>
 * <li>{@code uno.node.state}, {@code uno.replica.lag} and {@code uno.replica.lag.bytes},
 * how the nodes of databases with replicas are</li>
 * </ul>
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoRoutingAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ HikariDataSource.class, MeterRegistry.class })
@ConditionalOnBean({ Databases.class, MeterRegistry.class })
public final class UnoRoutingMetricsAutoConfiguration {

	@Bean
	RouteMetrics routeMetrics() {
		return new RouteMetrics();
	}

	@Bean
	NodeMetrics nodeMetrics(Databases databases, NodeMonitor monitor) {
		return new NodeMetrics(databases, monitor);
	}

}
