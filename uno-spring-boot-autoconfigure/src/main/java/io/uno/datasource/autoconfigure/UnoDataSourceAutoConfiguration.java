package io.uno.datasource.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.ConnectionInitializer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the databases and replicas that the properties name.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass({ DataSource.class, HikariDataSource.class, DataSourceAutoConfiguration.class })
@EnableConfigurationProperties({ DatabasesProperties.class, ReadsProperties.class })
@Import(DatabaseBeanRegistrar.class)
public final class UnoDataSourceAutoConfiguration {

	@Bean
	static NodePoolDefinitionPostProcessor nodePoolDefinitionPostProcessor(Environment environment) {
		return new NodePoolDefinitionPostProcessor(environment);
	}

	@Bean
	static ConnectionInitializersPostProcessor connectionInitializersPostProcessor(
			ObjectProvider<ConnectionInitializer> initializers) {
		return new ConnectionInitializersPostProcessor(initializers);
	}

}
