package io.uno.schema.autoconfigure;

import javax.sql.DataSource;

import io.uno.datasource.Databases;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.uno.schema.Schema;
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
 * Auto-configuration for {@link Schema}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoRoutingAutoConfiguration.class,
		afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnClass({ EntityManagerFactory.class, SessionFactoryImplementor.class, EntityManagerFactoryUtils.class })
@ConditionalOnSingleCandidate(EntityManagerFactory.class)
public final class UnoSchemaAutoConfiguration {

	private static final Log logger = LogFactory.getLog(UnoSchemaAutoConfiguration.class);

	/**
	 * On the data source of the entity manager factory, whichever others there are. An
	 * application may have another kind of schema under this plain name.
	 * @return the schema, {@code null} if the factory has no data source that Spring
	 * knows of
	 */
	@Bean
	@ConditionalOnMissingBean(value = Schema.class, name = "schema")
	@ConditionalOnSingleCandidate(PlatformTransactionManager.class)
	@Nullable Schema schema(EntityManagerFactory entityManagerFactory, PlatformTransactionManager transactionManager,
			ObjectProvider<Databases> databases, ObjectProvider<DatabaseClaims> claims) {
		DataSource dataSource = (entityManagerFactory instanceof EntityManagerFactoryInfo info) ? info.getDataSource()
				: null;
		if (dataSource == null) {
			logger.info("No Schema, as the EntityManagerFactory has no DataSource of its own");
			return null;
		}
		Databases known = databases.getIfAvailable();
		if (known == null) {
			return Schema.create(entityManagerFactory, dataSource, transactionManager);
		}
		return Schema.create(entityManagerFactory, dataSource, transactionManager,
				new RoutedEntities(known, claims.getObject()));
	}

}
