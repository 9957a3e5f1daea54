package io.uno.routing.autoconfigure;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import io.uno.datasource.autoconfigure.InvalidDatabasesException;
import io.uno.datasource.autoconfigure.ReadsProperties;
import io.uno.datasource.autoconfigure.ReadsProperties.Balancing;
import io.uno.datasource.autoconfigure.ReadsProperties.Replicas;
import io.uno.datasource.autoconfigure.ReadsProperties.RepositoryQueries;
import io.uno.routing.ContextResolver;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseRule;
import io.uno.routing.Freshness;
import io.uno.routing.PositionStore;
import io.uno.routing.ReadSettings;
import io.uno.routing.ReplicaSelector;
import io.uno.routing.RouteListener;
import io.uno.routing.RouteScopePropagation;
import io.uno.routing.RoutingDataSource;
import io.uno.routing.RoutingSettings;
import io.uno.routing.RoutingTemplate;
import io.micrometer.context.ContextRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.core.env.Environment;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.util.ClassUtils;

/**
 * Registers what routes. Registers nothing where neither a database nor a replica is
 * declared.
 */
class RoutingBeanRegistrar implements BeanRegistrar {

	static final String DATA_SOURCE = "dataSource";

	/**
	 * How long a scope's position is kept. A replica that is further behind is out.
	 */
	private static final Duration POSITIONS_KEPT = Duration.ofMinutes(5);

	private static final boolean REPOSITORIES_PRESENT = ClassUtils
		.isPresent("org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport", null);

	private static final boolean HIBERNATE_PRESENT = ClassUtils.isPresent("org.hibernate.SessionFactory", null)
			&& ClassUtils.isPresent("org.springframework.orm.jpa.AbstractEntityManagerFactoryBean", null);

	private static final boolean CONTEXT_PROPAGATION_PRESENT = ClassUtils
		.isPresent("io.micrometer.context.ContextRegistry", null);

	private static final boolean SECURITY_PRESENT = ClassUtils
		.isPresent("org.springframework.security.core.context.SecurityContextHolderStrategy", null);

	private static final boolean OBSERVATION_PRESENT = ClassUtils
		.isPresent("io.micrometer.observation.ObservationFilter", null);

	private static final boolean MDC_PRESENT = ClassUtils.isPresent("org.slf4j.MDC", null);

	private static final boolean FLYWAY_PRESENT = ClassUtils.isPresent("org.flywaydb.core.Flyway", null) && ClassUtils
		.isPresent("org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer", null);

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		DatabaseDeclarations declarations = DatabaseDeclarations.from(environment);
		if (!declarations.isRouted()) {
			return;
		}
		registry.registerBean("databaseClaims", DatabaseClaims.class,
				(spec) -> spec.supplier(RoutingBeanRegistrar::claims));
		registry.registerBean("routingTemplate", RoutingTemplate.class,
				(spec) -> spec.supplier((context) -> new RoutingTemplate(context.bean(DatabaseClaims.class))));
		registry.registerBean("routingLifecycle", RoutingLifecycle.class,
				(spec) -> spec.supplier(RoutingBeanRegistrar::lifecycle));
		registerAnnotations(registry, environment, declarations);
		registerContext(registry, environment);
		registerRoutesInUse(registry);
		if (CONTEXT_PROPAGATION_PRESENT) {
			Propagation.register(registry);
		}
		if (REPOSITORIES_PRESENT && (declarations.isManaged() || hasReplica(declarations))) {
			registerRepositoryQueries(registry, environment);
		}
		if (REPOSITORIES_PRESENT) {
			registry.registerBean("repositoryClaimsPostProcessor", RepositoryClaimsPostProcessor.class, (spec) -> spec
				.infrastructure()
				.supplier((context) -> new RepositoryClaimsPostProcessor(() -> context.bean(RouteAnnotations.class))));
		}
		if (HIBERNATE_PRESENT) {
			registry.registerBean("entityClaimsPostProcessor", EntityClaimsPostProcessor.class,
					(spec) -> spec.infrastructure()
						.supplier(
								(context) -> new EntityClaimsPostProcessor(() -> context.bean(DatabaseClaims.class))));
		}
		if (declarations.isManaged()) {
			registerDatabases(registry, environment);
			registry.register(new DatabaseAccessRegistrar());
		}
		else {
			registerReplicas(registry, environment);
		}
	}

	private static void registerRoutesInUse(BeanRegistry registry) {
		registry.registerBean("routesInUse", RoutesInUse.class,
				(spec) -> spec.supplier((context) -> new RoutesInUse(MDC_PRESENT ? new NodeMdc() : (route) -> {
				})));
		if (OBSERVATION_PRESENT) {
			registry.registerBean("routeObservationFilter", RouteObservationFilter.class,
					(spec) -> spec.supplier((context) -> new RouteObservationFilter(context.bean(RoutesInUse.class))));
		}
	}

	private static void registerContext(BeanRegistry registry, Environment environment) {
		ContextProperties properties = ContextProperties.from(environment);
		if (SECURITY_PRESENT && properties.security()) {
			Security.register(registry);
		}
		registry
			.registerBean("contextVerification", ContextVerification.class,
					(spec) -> spec.supplier((context) -> new ContextVerification(properties.verify(),
							context.bean(Databases.class), new SeparatedDatabases(context),
							() -> context.bean(DATA_SOURCE, DataSource.class))));
	}

	private static void registerAnnotations(BeanRegistry registry, Environment environment,
			DatabaseDeclarations declarations) {
		Map<String, Duration> intervals = declarations.getDatabases()
			.stream()
			.filter((database) -> !database.replicas().isEmpty())
			.collect(Collectors.toUnmodifiableMap(DatabaseDeclaration::name,
					(database) -> ReadsProperties.from(environment, database.name()).probeInterval()));
		boolean proxyTargetClass = environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
		registry.registerBean("routeAnnotations", RouteAnnotations.class,
				(spec) -> spec.infrastructure()
					.supplier((context) -> new RouteAnnotations(() -> context.bean(DatabaseClaims.class),
							(name) -> leastBound(intervals, name))));
		registry.registerBean("routeAnnotationsPostProcessor", RouteAnnotationsPostProcessor.class,
				(spec) -> spec.infrastructure()
					.supplier((context) -> new RouteAnnotationsPostProcessor(context.bean(RouteAnnotations.class),
							context.beanProvider(TransactionAttributeSource.class), proxyTargetClass)));
	}

	private static Optional<Duration> leastBound(Map<String, Duration> intervals, @Nullable String database) {
		return (database != null) ? Optional.ofNullable(intervals.get(database))
				: intervals.values().stream().min(Comparator.naturalOrder());
	}

	private static boolean hasReplica(DatabaseDeclarations declarations) {
		return declarations.getDatabases().stream().anyMatch((database) -> !database.replicas().isEmpty());
	}

	private static void registerRepositoryQueries(BeanRegistry registry, Environment environment) {
		if (ReadsProperties.from(environment).repositoryQueries() == RepositoryQueries.READ_ONLY) {
			registry.registerBean("repositoryQueriesPostProcessor", RepositoryQueriesPostProcessor.class,
					BeanRegistry.Spec::infrastructure);
		}
	}

	private static void registerReplicas(BeanRegistry registry, Environment environment) {
		registry.registerBean("replicaRoutingPostProcessor", ReplicaRoutingPostProcessor.class,
				(spec) -> spec.infrastructure()
					.supplier((context) -> new ReplicaRoutingPostProcessor(
							(primary) -> router(context, environment, (node) -> pool(context, node, primary)))));
		if (FLYWAY_PRESENT) {
			registry.registerBean("primaryFlywayCustomizer", PrimaryFlywayCustomizer.class);
		}
	}

	private static void registerDatabases(BeanRegistry registry, Environment environment) {
		try {
			registry.registerBean(DATA_SOURCE, RoutingDataSource.class,
					(spec) -> spec.primary()
						.supplier((context) -> router(context, environment,
								(node) -> context.bean(node.id(), DataSource.class))));
		}
		catch (BeanDefinitionOverrideException ex) {
			throw ownDataSource(ex);
		}
		registry.registerBean("routerPostProcessor", ReplicaRoutingPostProcessor.class, (spec) -> spec.infrastructure()
			.supplier((context) -> new ReplicaRoutingPostProcessor(RoutingBeanRegistrar::withoutWrappers)));
	}

	/**
	 * What wraps the pools as well would see each statement twice.
	 */
	private static DataSource withoutWrappers(DataSource dataSource) {
		try {
			return dataSource.isWrapperFor(RoutingDataSource.class) ? dataSource.unwrap(RoutingDataSource.class)
					: dataSource;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look into the data source of all databases", ex);
		}
	}

	private static InvalidDatabasesException ownDataSource(BeanDefinitionOverrideException cause) {
		InvalidDatabasesException failure = new InvalidDatabasesException("uno.databases", null,
				"needs the name 'dataSource' for the data source of all databases, but the application has a bean of that name: %s"
					.formatted(describe(cause.getExistingDefinition())),
				"Remove the bean, and declare its database under 'uno.databases'.",
				"Give the bean another name and 'defaultCandidate = false', so that it is injected by that name only.");
		failure.initCause(cause);
		return failure;
	}

	private static String describe(BeanDefinition bean) {
		String factory = (bean.getFactoryBeanName() != null) ? bean.getFactoryBeanName() + "." : "";
		return (bean.getFactoryMethodName() != null) ? factory + bean.getFactoryMethodName() + "()"
				: String.valueOf(bean.getBeanClassName());
	}

	private static DataSource pool(SupplierContext context, Node node, DataSource primary) {
		return node.replica() ? context.bean(node.id(), DataSource.class) : primary;
	}

	private static DatabaseClaims claims(SupplierContext context) {
		return new DatabaseClaims(context.bean(Databases.class),
				context.beanProvider(DatabaseRule.class).orderedStream().toList(),
				context.beanProvider(PositionStore.class).getIfUnique(() -> PositionStore.inMemory(POSITIONS_KEPT)),
				() -> context.beanProvider(ContextResolver.class).orderedStream().toList());
	}

	private static RoutingDataSource router(SupplierContext context, Environment environment,
			Function<Node, DataSource> pools) {
		RoutingSettings settings = new RoutingSettings(
				(database) -> settings(ReadsProperties.from(environment, database)),
				context.beanProvider(ReplicaSelector.class).getIfUnique(),
				context.beanProvider(RouteListener.class).orderedStream().toList());
		return new RoutingDataSource(context.bean(Databases.class), context.bean(DatabaseClaims.class),
				context.bean(NodeMonitor.class), pools, settings);
	}

	private static ReadSettings settings(ReadsProperties reads) {
		return new ReadSettings(Freshness.parse(reads.freshness()), reads.replicas() == Replicas.MARKED,
				reads.balancing() == Balancing.LEAST_BUSY, reads.catchUpTimeout(), reads.ownWritesWindow());
	}

	private static RoutingLifecycle lifecycle(SupplierContext context) {
		return new RoutingLifecycle(() -> context.bean(DATA_SOURCE, DataSource.class), context.bean(Databases.class),
				context.bean(NodeMonitor.class));
	}

	/**
	 * Loaded only where contexts are propagated.
	 */
	private static final class Propagation {

		static void register(BeanRegistry registry) {
			registry.registerBean("routeScopePropagation", RouteScopePropagation.class,
					(spec) -> spec.supplier((context) -> new RouteScopePropagation(context.bean(DatabaseClaims.class),
							ContextRegistry.getInstance())));
		}

	}

	/**
	 * Loaded only where Spring Security is there.
	 */
	private static final class Security {

		static void register(BeanRegistry registry) {
			registry.registerBean("securityContextResolver", SecurityContextResolver.class,
					(spec) -> spec.supplier((context) -> new SecurityContextResolver(
							() -> context.beanProvider(SecurityContextHolderStrategy.class)
								.getIfUnique(SecurityContextHolder::getContextHolderStrategy))));
		}

	}

}
