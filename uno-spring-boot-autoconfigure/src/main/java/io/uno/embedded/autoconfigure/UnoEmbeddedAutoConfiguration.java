package io.uno.embedded.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import io.uno.datasource.autoconfigure.ConnectedDatabases;
import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import io.uno.datasource.autoconfigure.UnoDatabaseConnectionAutoConfiguration;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of PostgreSQL servers for the databases without a url.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoDatabaseConnectionAutoConfiguration.class,
		before = { UnoDataSourceAutoConfiguration.class, DataSourceAutoConfiguration.class })
@ConditionalOnClass({ DataSource.class, DataSourceAutoConfiguration.class })
@ConditionalOnBooleanProperty("uno.embedded.enabled")
public final class UnoEmbeddedAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EmbeddedPostgres.class)
	@ConditionalOnMissingBean(PostgresCluster.class)
	@EnableConfigurationProperties(EmbeddedProperties.class)
	@Import({ ConnectedDatabasesRegistrar.class, DatabasesRegistrar.class })
	static class DatabasesConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EmbeddedPostgres.class)
	@ConditionalOnMissingBean({ DataSource.class, JdbcConnectionDetails.class, PostgresCluster.class })
	@EnableConfigurationProperties(EmbeddedProperties.class)
	@Import(DefaultDatabaseRegistrar.class)
	static class DefaultDatabaseConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.zonky.test.db.postgres.embedded.EmbeddedPostgres")
	@Import(MissingLibraryRegistrar.class)
	static class MissingLibraryConfiguration {

	}

	/**
	 * Servers for the databases under {@code uno.databases}.
	 */
	static class DatabasesRegistrar implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			DatabaseDeclarations declarations = DatabaseDeclarations.from(environment);
			if (declarations.isManaged()) {
				Set<String> connected = ConnectedDatabases.from(environment);
				List<DatabaseDeclaration> databases = declarations.getDatabases()
					.stream()
					.filter((database) -> !database.hasUrl() && !connected.contains(database.name()))
					.toList();
				new ClusterRegistrar(registry, declarations, UnoEmbeddedAutoConfiguration::start).register(databases);
			}
		}

	}

	/**
	 * Servers for the database of Boot's own data source.
	 */
	static class DefaultDatabaseRegistrar implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			DatabaseDeclarations declarations = DatabaseDeclarations.from(environment);
			if (!declarations.isManaged() && !StringUtils.hasText(environment.getProperty("spring.datasource.url"))) {
				new ClusterRegistrar(registry, declarations, UnoEmbeddedAutoConfiguration::start)
					.register(declarations.getDatabases());
			}
		}

	}

	static class MissingLibraryRegistrar implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			throw new MissingEmbeddedPostgresException("'uno.embedded.enabled' is true");
		}

	}

	// the context closes its clusters, when its pools have been closed
	private static PostgresCluster start(SupplierContext context, String database, PostgresCluster.Builder cluster) {
		Path directory = context.bean(EmbeddedProperties.class).dataDirectory();
		return cluster.relays(false)
			.shutdownHook(false)
			.dataDirectory((directory != null) ? directory.resolve(database) : null)
			.start();
	}

}
