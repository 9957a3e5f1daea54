package io.uno.schema;

import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceContributor;
import org.hibernate.service.spi.SessionFactoryServiceRegistryBuilder;

/**
 * Keeps Hibernate's model of the mapping, which Hibernate itself keeps too but hands out
 * only at its start, beside each session factory. Hibernate finds this class by itself.
 *
 * @since 0.1.0
 */
public final class UnoMetadataContributor implements Integrator, SessionFactoryServiceContributor {

	/**
	 * Create the contributor; called by Hibernate.
	 */
	public UnoMetadataContributor() {
	}

	@Override
	public void contribute(SessionFactoryServiceRegistryBuilder builder) {
		builder.addService(BootMetadata.class, new BootMetadata());
	}

	@Override
	public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessionFactory) {
		sessionFactory.getServiceRegistry().requireService(BootMetadata.class).set(metadata);
	}

}
