package io.uno.session.autoconfigure;

import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.uno.routing.DatabaseClaims;
import io.uno.session.RetryTransactions;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/**
 * Auto-configuration of {@link io.uno.session.RetryTransaction @RetryTransaction}, and of
 * the metrics of what is tried again:
 * <ul>
 * <li>{@code uno.session.retries}, further attempts by the SQLSTATE of the failure before
 * them</li>
 * <li>{@code uno.session.retries.exhausted}, transactions that failed in all
 * attempts</li>
 * </ul>
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass({ PlatformTransactionManager.class, DataAccessException.class,
		AbstractBeanFactoryAwareAdvisingPostProcessor.class })
public final class UnoRetryAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RetryTransactionsPostProcessor retryTransactionsPostProcessor(
			ObjectProvider<TransactionAttributeSource> transactions, ObjectProvider<DatabaseClaims> claims,
			ObjectProvider<TransactionRetryListener> listener, Environment environment) {
		RetryTransactions retries = new RetryTransactions(() -> Optional.ofNullable(transactions.getIfUnique()),
				() -> Optional.ofNullable(claims.getIfAvailable()),
				() -> listener.getIfAvailable(UnoRetryAutoConfiguration::nobody));
		return new RetryTransactionsPostProcessor(retries,
				environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
	}

	static TransactionRetryListener nobody() {
		return new TransactionRetryListener() {
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class Metrics {

		@Bean
		RetryMetrics retryMetrics() {
			return new RetryMetrics();
		}

	}

}
