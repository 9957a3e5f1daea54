package io.uno.event.autoconfigure;

import io.uno.event.TransactionEventPublisher;
import io.uno.event.UnoEventIntegrator;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.hibernate.integrator.spi.Integrator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Auto-configuration of the events of entities and transactions.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoRoutingAutoConfiguration.class)
@ConditionalOnClass(TransactionExecutionListener.class)
public final class UnoEventAutoConfiguration {

	@Bean
	TransactionEventPublisher transactionEventPublisher(ApplicationEventPublisher publisher,
			ObjectProvider<DatabaseClaims> claims) {
		return new TransactionEventPublisher(publisher, claims.getIfAvailable());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Integrator.class, HibernatePropertiesCustomizer.class })
	static class EntityEventConfiguration {

		@Bean
		HibernatePropertiesCustomizer entityEventCustomizer(ApplicationEventPublisher publisher) {
			return (properties) -> properties.put(UnoEventIntegrator.PUBLISHER, publisher);
		}

	}

}
