package io.uno.routing.autoconfigure;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.RouteExceptionTranslator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Auto-configuration of exceptions that tell what a caller can do about them, for JDBC
 * and JPA. Boot gives the translator to its {@code JdbcTemplate} and to Hibernate's
 * dialect.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoRoutingAutoConfiguration.class,
		before = { JdbcTemplateAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class },
		beforeName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnClass({ SQLExceptionTranslator.class, JdbcTemplateAutoConfiguration.class })
@ConditionalOnBean(DatabaseClaims.class)
public final class UnoExceptionTranslationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(SQLExceptionTranslator.class)
	RouteExceptionTranslator routeExceptionTranslator(DatabaseClaims claims) {
		return new RouteExceptionTranslator(claims);
	}

	/**
	 * Commits fail too: at a deferred constraint, or as they can't be serialized.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(RouteExceptionTranslator.class)
	@ConditionalOnClass(TransactionManagerCustomizer.class)
	@ConditionalOnBooleanProperty(name = "spring.dao.exceptiontranslation.enabled", matchIfMissing = true)
	static class CommitConfiguration {

		@Bean
		@Order(0)
		TransactionManagerCustomizer<JdbcTransactionManager> translatingTransactionManagerCustomizer(
				RouteExceptionTranslator translator) {
			return (manager) -> manager.setExceptionTranslator(translator);
		}

	}

}
