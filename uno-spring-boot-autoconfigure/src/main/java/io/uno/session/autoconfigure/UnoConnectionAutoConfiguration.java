package io.uno.session.autoconfigure;

import javax.sql.DataSource;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.uno.session.ConnectionTemplate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration of the connection template.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { UnoRoutingAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class },
		afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnClass({ DataSource.class, JdbcTemplate.class, PlatformTransactionManager.class,
		DataSourceTransactionManagerAutoConfiguration.class })
@ConditionalOnSingleCandidate(DataSource.class)
@Import(DatabaseConnectionRegistrar.class)
public final class UnoConnectionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(value = ConnectionTemplate.class, name = "connections")
	@ConditionalOnSingleCandidate(PlatformTransactionManager.class)
	ConnectionTemplate connections(DataSource dataSource, PlatformTransactionManager transactionManager,
			ObjectProvider<DatabaseClaims> claims) {
		return ConnectionTemplate.create(dataSource, transactionManager, claims.getIfAvailable());
	}

}
