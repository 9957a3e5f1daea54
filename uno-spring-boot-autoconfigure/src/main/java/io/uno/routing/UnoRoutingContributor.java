package io.uno.routing;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.BiFunction;

import javax.sql.DataSource;

import org.hibernate.boot.Metadata;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.jdbc.mutation.internal.MutationExecutorServiceInitiator;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.Service;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Has everything that goes through Hibernate, which finds this class by itself, run on
 * the database that the entity belongs to, and refuses to write in read-only
 * transactions, if {@link #CLAIMS} is set and the data source is the routing one.
 *
 * @since 0.1.0
 * @see UseDatabase
 * @see RouteConflictException
 * @see ReadOnlyRouteException
 */
public final class UnoRoutingContributor implements Integrator, ServiceContributor {

	/**
	 * Setting of Hibernate's whose value is the {@link DatabaseClaims} of the
	 * application. Set for every factory bean of Spring's that has none.
	 */
	public static final String CLAIMS = "uno.routing.claims";

	/**
	 * Where Hibernate itself looks for the data source, however it was given.
	 */
	private static final String DATA_SOURCE = "hibernate.connection.datasource";

	/**
	 * Creates the contributor; called by Hibernate.
	 */
	public UnoRoutingContributor() {
	}

	@Override
	public void contribute(StandardServiceRegistryBuilder builder) {
		Map<String, Object> settings = builder.getSettings();
		if (!(settings.get(CLAIMS) instanceof DatabaseClaims claims) || !isRouted(settings.get(DATA_SOURCE))) {
			return;
		}
		EntityRoutes routes = new EntityRoutes(claims);
		builder.addInitiator(new Initiator<>(JdbcServices.class, (values, registry) -> new RoutedJdbcServices(routes)));
		builder.addInitiator(new Initiator<>(MutationExecutorService.class,
				(values, registry) -> new RoutedMutationExecutorService(routes,
						MutationExecutorServiceInitiator.INSTANCE.initiateService(values, registry))));
	}

	private static boolean isRouted(@Nullable Object dataSource) {
		try {
			return dataSource instanceof DataSource routed && routed.isWrapperFor(RoutingDataSource.class);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look at " + dataSource, ex);
		}
	}

	@Override
	public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessionFactory) {
		if (sessionFactory.getJdbcServices() instanceof RoutedJdbcServices services) {
			services.routes().register(metadata);
			new EntityListener(services.routes()).register(sessionFactory.getEventListenerRegistry());
		}
	}

	/**
	 * Puts one service in the place of Hibernate's own.
	 *
	 * @param <S> type of the service
	 * @param type type of the service
	 * @param creator creates it
	 */
	private record Initiator<S extends Service>(Class<S> type,
			BiFunction<Map<String, Object>, ServiceRegistryImplementor, S> creator)
			implements
				StandardServiceInitiator<S> {

		@Override
		public Class<S> getServiceInitiated() {
			return this.type;
		}

		@Override
		public S initiateService(Map<String, Object> values, ServiceRegistryImplementor registry) {
			return this.creator.apply(values, registry);
		}

	}

}
