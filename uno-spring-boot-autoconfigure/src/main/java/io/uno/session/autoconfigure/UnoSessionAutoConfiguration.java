package io.uno.session.autoconfigure;

import javax.sql.DataSource;

import io.uno.datasource.Databases;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
@EnableConfigurationProperties(AsyncProperties.class)
@Import(DatabaseSessionRegistrar.class)
public final class UnoSessionAutoConfiguration {

	@Bean
	SessionThreads sessionThreads(AsyncProperties properties, ObjectProvider<Databases> databases,
			ObjectProvider<DatabaseClaims> claims, ObjectProvider<DataSource> dataSource) {
		return new SessionThreads(
				(claims.getIfAvailable() != null) ? AsyncLimit.ofDatabases(databases.getObject(), dataSource::getObject)
						: AsyncLimit.ofPool(dataSource::getIfUnique),
				properties.queueCapacity());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(PlatformTransactionManager.class)
	SessionTemplate sessionTemplate(EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, ObjectProvider<DatabaseClaims> claims,
			SessionThreads threads, ObjectProvider<TransactionRetryListener> retries) {
		DatabaseClaims known = claims.getIfAvailable();
		return SessionTemplate.create(entityManagerFactory, transactionManager, known,
				(work, database, statements) -> threads
					.execute(FollowingContext.of((known != null) ? known.carry(work, statements) : work), database),
				retries.getIfAvailable(UnoRetryAutoConfiguration::nobody));
	}

}
