package io.uno.migration.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.uno.datasource.Node;
import io.uno.datasource.autoconfigure.DatabaseConnectionDetails;
import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.routing.RoutingDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Creates the Flyway of a database by Spring Boot's own configuration.
 */
class DatabaseFlywayFactory {

	private static final String DATA_SOURCE = "dataSource";

	private static final Log logger = LogFactory.getLog(DatabaseFlywayFactory.class);

	private final ConfigurableApplicationContext context;

	private final @Nullable String defaultDatabase;

	private final ApplicableBeans beans;

	private final DatabaseFlywayProperties properties;

	DatabaseFlywayFactory(ConfigurableApplicationContext context) {
		DatabaseDeclarations declarations = DatabaseDeclarations.from(context.getEnvironment());
		this.context = context;
		this.defaultDatabase = declarations.getDefaultDatabase();
		this.beans = new ApplicableBeans(context.getBeanFactory(), declarations);
		this.properties = new DatabaseFlywayProperties(context, declarations.getDatabases().size() > 1);
	}

	static String flywayBeanName(String database) {
		return database + ".flyway";
	}

	static String initializerBeanName(String database) {
		return database + ".flywayInitializer";
	}

	Flyway createFlyway(String database) {
		ClassLoader classLoader = Objects.requireNonNull(this.context.getClassLoader());
		try (FlywayConfigurationContext flywayContext = new FlywayConfigurationContext(classLoader)) {
			DefaultListableBeanFactory beanFactory = flywayContext.getDefaultListableBeanFactory();
			registerProperties(database, beanFactory);
			lendConnection(database, beanFactory);
			this.beans.lend(extensions(database), beanFactory);
			flywayContext.refresh();
			return flywayContext.getBean(Flyway.class);
		}
	}

	FlywayMigrationInitializer createInitializer(String database) {
		Flyway flyway = this.context.getBean(flywayBeanName(database), Flyway.class);
		if (isReplaced() && !isDefault(database)) {
			return new FlywayMigrationInitializer(flyway,
					(ignored) -> logger.info("Database '%s' is not migrated: something has taken the place of bean '%s'"
						.formatted(database, DATA_SOURCE)));
		}
		return new DatabaseFlywayInitializer(database, flyway, strategy(database),
				() -> this.properties.layerOfLocations(database));
	}

	/**
	 * Primary, because Spring Boot's configuration declares another one, which nothing
	 * asks for.
	 */
	private void registerProperties(String database, DefaultListableBeanFactory beanFactory) {
		RootBeanDefinition definition = new RootBeanDefinition(FlywayProperties.class);
		definition.setPrimary(true);
		beanFactory.registerBeanDefinition("flywayProperties", definition);
		beanFactory.registerSingleton("flywayProperties", this.properties.bind(database));
	}

	private void lendConnection(String database, DefaultListableBeanFactory beanFactory) {
		boolean replaced = isReplaced() && isDefault(database);
		String dataSource = replaced ? DATA_SOURCE : database + "." + Node.MAIN;
		this.beans.lend(dataSource, beanFactory, (definition) -> definition.setPrimary(true));
		if (replaced || hasConnectionDetails(database)) {
			beanFactory.registerSingleton("flywayConnectionDetails", new NodeConnectionDetails());
			return;
		}
		this.beans.lend(this.beans.ownedBy(FlywayConnectionDetails.class, database), beanFactory);
		this.beans.flywayDataSourcesOf(database)
			.forEach((name) -> this.beans.lend(name, beanFactory,
					(definition) -> definition.addQualifier(new AutowireCandidateQualifier(FlywayDataSource.class))));
	}

	/**
	 * Whether another data source has taken the place of the routing one, as in tests
	 * with a test database. The databases themselves must be left alone then.
	 */
	private boolean isReplaced() {
		Class<?> type = this.context.getBeanFactory()
			.getMergedBeanDefinition(DATA_SOURCE)
			.getResolvableType()
			.resolve(Object.class);
		return !RoutingDataSource.class.isAssignableFrom(type);
	}

	private boolean isDefault(String database) {
		return database.equals(this.defaultDatabase);
	}

	private boolean hasConnectionDetails(String database) {
		return this.context.getBeanProvider(DatabaseConnectionDetails.class)
			.stream()
			.anyMatch((details) -> details.getDatabase().equals(database));
	}

	/**
	 * Each once, also one that is of several types.
	 */
	private Set<String> extensions(String database) {
		return Stream.of(FlywayConfigurationCustomizer.class, JavaMigration.class, Callback.class)
			.flatMap((type) -> this.beans.of(type, database).stream())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private @Nullable FlywayMigrationStrategy strategy(String database) {
		DefaultListableBeanFactory strategies = new DefaultListableBeanFactory();
		this.beans.lend(this.beans.mostSpecificOf(FlywayMigrationStrategy.class, database), strategies);
		return strategies.getBeanProvider(FlywayMigrationStrategy.class).getIfAvailable();
	}

	/**
	 * Nothing of Flyway's own: something other than properties says where the node is and
	 * who connects, and the node's pool knows it already.
	 */
	private static final class NodeConnectionDetails implements FlywayConnectionDetails {

		@Override
		public @Nullable String getUsername() {
			return null;
		}

		@Override
		public @Nullable String getPassword() {
			return null;
		}

		@Override
		public @Nullable String getJdbcUrl() {
			return null;
		}

	}

}
