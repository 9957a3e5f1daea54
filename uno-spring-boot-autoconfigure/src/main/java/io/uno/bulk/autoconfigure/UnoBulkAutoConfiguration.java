package io.uno.bulk.autoconfigure;

import javax.sql.DataSource;

import io.uno.bulk.BulkService;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import jakarta.persistence.EntityManagerFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for {@link BulkService}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoRoutingAutoConfiguration.class,
		afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnClass({ EntityManagerFactory.class, SessionFactoryImplementor.class, EntityManagerFactoryUtils.class })
@ConditionalOnSingleCandidate(EntityManagerFactory.class)
public final class UnoBulkAutoConfiguration {

	private static final Log logger = LogFactory.getLog(UnoBulkAutoConfiguration.class);

	/**
	 * On the data source of the entity manager factory, whichever others there are, as
	 * that is the one its transactions are on.
	 * @return the service, {@code null} if the factory has no data source that Spring
	 * knows of
	 */
	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(PlatformTransactionManager.class)
	@Nullable BulkService bulkService(EntityManagerFactory entityManagerFactory, PlatformTransactionManager transactionManager,
			ObjectProvider<DatabaseClaims> claims) {
		DataSource dataSource = (entityManagerFactory instanceof EntityManagerFactoryInfo info) ? info.getDataSource()
				: null;
		if (dataSource == null) {
			logger.info("No BulkService, as the EntityManagerFactory has no DataSource of its own");
			return null;
		}
		DatabaseClaims claimed = claims.getIfAvailable();
		if (claimed == null) {
			return BulkService.create(entityManagerFactory, dataSource, transactionManager);
		}
		return BulkService.create(entityManagerFactory, dataSource, transactionManager,
				(entity) -> claimed.claim(claimed.ownerOf(entity).name(), DatabaseReason.ENTITY));
	}

}
