package io.uno.datasource.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import org.testcontainers.containers.JdbcDatabaseContainer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.testcontainers.beans.TestcontainerBeanDefinition;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the databases that are given a container by
 * {@link DatabaseConnection}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = UnoDataSourceAutoConfiguration.class)
@ConditionalOnClass({ HikariDataSource.class, JdbcConnectionDetails.class, JdbcDatabaseContainer.class,
		TestcontainerBeanDefinition.class })
@Import(ContainerBeanRegistrar.class)
public final class UnoDatabaseConnectionAutoConfiguration {

}
