package io.uno.datasource.autoconfigure;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.NodeMonitor;
import io.uno.routing.RoutingDataSource;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the databases' health, in the place of Boot's, for which one lost
 * replica is a lost database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { UnoDataSourceAutoConfiguration.class, DataSourceAutoConfiguration.class },
		before = DataSourceHealthContributorAutoConfiguration.class)
@ConditionalOnClass({ HikariDataSource.class, ConditionalOnEnabledHealthIndicator.class, HealthContributor.class,
		DataSourceHealthContributorAutoConfiguration.class })
@ConditionalOnBean({ Databases.class, DataSource.class })
@ConditionalOnEnabledHealthIndicator("db")
public final class UnoDataSourceHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "dbHealthIndicator", "dbHealthContributor" })
	HealthContributor dbHealthContributor(Databases databases, NodeMonitor monitor, DataSource dataSource,
			ConfigurableListableBeanFactory beanFactory) throws SQLException {
		if (!dataSource.isWrapperFor(RoutingDataSource.class)) {
			return new DataSourceHealthIndicator(dataSource);
		}
		Map<Object, DataSource> pools = dataSource.unwrap(RoutingDataSource.class).getResolvedDataSources();
		Map<String, HealthContributor> contributors = new LinkedHashMap<>();
		for (Database database : databases.all()) {
			DataSource main = Objects.requireNonNull(pools.get(database.main().id()));
			contributors.put(database.name(), new DatabaseHealthIndicator(database, main, monitor));
		}
		others(beanFactory, databases)
			.forEach((name, other) -> contributors.putIfAbsent(name, new DataSourceHealthIndicator(other)));
		return CompositeHealthContributor.fromMap(contributors);
	}

	/**
	 * The data sources that belong to none of the databases, which Boot would tell of.
	 */
	private static Map<String, DataSource> others(ConfigurableListableBeanFactory beanFactory, Databases databases) {
		Map<String, DataSource> others = new LinkedHashMap<>(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, DataSource.class, false, true));
		others.remove("dataSource");
		databases.all().forEach((database) -> {
			others.remove(database.name() + ".dataSource");
			database.nodes().forEach((node) -> others.remove(node.id()));
		});
		return others;
	}

}
