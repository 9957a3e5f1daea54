package io.uno.event;

import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.integrator.spi.Integrator;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Lets Hibernate, which finds this class by itself, publish {@link EntityCreated},
 * {@link EntityUpdated} and {@link EntityDeleted}, if {@link #PUBLISHER} is set.
 *
 * @since 0.1.0
 */
public final class UnoEventIntegrator implements Integrator {

	/**
	 * Setting of Hibernate's whose value is the {@link ApplicationEventPublisher} that
	 * the events go to.
	 */
	public static final String PUBLISHER = "uno.event.publisher";

	/**
	 * Create the integrator; called by Hibernate.
	 */
	public UnoEventIntegrator() {
	}

	@Override
	public void integrate(Metadata metadata, BootstrapContext bootstrapContext,
			SessionFactoryImplementor sessionFactory) {
		if (sessionFactory.getProperties().get(PUBLISHER) instanceof ApplicationEventPublisher publisher) {
			EntityEventPublisher listener = new EntityEventPublisher(publisher);
			EventListenerRegistry registry = sessionFactory.getEventListenerRegistry();
			registry.getEventListenerGroup(EventType.POST_INSERT).appendListener(listener);
			registry.getEventListenerGroup(EventType.POST_UPDATE).appendListener(listener);
			registry.getEventListenerGroup(EventType.POST_DELETE).appendListener(listener);
		}
	}

}
