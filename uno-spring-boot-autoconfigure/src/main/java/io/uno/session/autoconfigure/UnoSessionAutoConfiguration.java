package io.uno.session.autoconfigure;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration of the session template, and of one for each declared database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { UnoRoutingAutoConfiguration.class, HibernateJpaAutoConfiguration.class })
@ConditionalOnClass({ SessionFactory.class, EntityManagerFactoryUtils.class, HibernateJpaAutoConfiguration.class })
@ConditionalOnSingleCandidate(EntityManagerFactory.class)
@Import(DatabaseSessionRegistrar.class)
public final class UnoSessionAutoConfiguration {

	@Bean
	SessionThreads sessionThreads() {
		return new SessionThreads();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(PlatformTransactionManager.class)
	SessionTemplate sessionTemplate(EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, ObjectProvider<DatabaseClaims> claims,
			SessionThreads threads, ObjectProvider<TransactionRetryListener> retries) {
		DatabaseClaims known = claims.getIfAvailable();
		return SessionTemplate.create(entityManagerFactory, transactionManager, known,
				(known != null) ? (task) -> threads.execute(known.carry(task)) : threads::execute,
				retries.getIfAvailable(UnoRetryAutoConfiguration::nobody));
	}

}
