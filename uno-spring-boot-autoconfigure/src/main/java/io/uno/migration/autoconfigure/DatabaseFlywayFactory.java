package io.uno.migration.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.uno.datasource.Node;
import io.uno.datasource.autoconfigure.DatabaseConnectionDetails;
import io.uno.datasource.autoconfigure.DatabaseDeclarations;
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

	private final ConfigurableApplicationContext context;

	private final ApplicableBeans beans;

	private final DatabaseFlywayProperties properties;

	DatabaseFlywayFactory(ConfigurableApplicationContext context) {
		DatabaseDeclarations declarations = DatabaseDeclarations.from(context.getEnvironment());
		this.context = context;
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
		this.beans.lend(database + "." + Node.MAIN, beanFactory,
				(definition) -> definition.setPrimary(true));
		this.beans.flywayDataSourcesOf(database)
			.forEach((name) -> this.beans.lend(name, beanFactory,
					(definition) -> definition.addQualifier(new AutowireCandidateQualifier(FlywayDataSource.class))));
		if (hasConnectionDetails(database)) {
			beanFactory.registerSingleton("flywayConnectionDetails", new NodeConnectionDetails());
		}
		else {
			this.beans.lend(this.beans.ownedBy(FlywayConnectionDetails.class, database), beanFactory);
		}
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
