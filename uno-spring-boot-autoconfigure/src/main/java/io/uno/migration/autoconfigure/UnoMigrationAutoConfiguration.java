package io.uno.migration.autoconfigure;

import org.flywaydb.core.Flyway;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for the migrations of the databases named under
 * {@code uno.databases}: beans {@code <database>.flyway} and
 * {@code <database>.flywayInitializer}, configured as Spring Boot configures its own
 * Flyway. Backs off, as Spring Boot's does, when the application defines a {@link Flyway}
 * bean. Does nothing where Spring Boot's own data source is the database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = FlywayAutoConfiguration.class,
		afterName = "io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration")
@Conditional(OnDeclaredMigrationsCondition.class)
public final class UnoMigrationAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Flyway.class, FlywayAutoConfiguration.class })
	@ConditionalOnBooleanProperty(name = "spring.flyway.enabled", matchIfMissing = true)
	@ConditionalOnMissingBean(Flyway.class)
	@Import({ DatabaseInitializationDependencyConfigurer.class, FlywayBeanRegistrar.class })
	static class FlywayConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
	@Import(MissingFlywayRegistrar.class)
	static class MissingFlywayConfiguration {

	}

}
