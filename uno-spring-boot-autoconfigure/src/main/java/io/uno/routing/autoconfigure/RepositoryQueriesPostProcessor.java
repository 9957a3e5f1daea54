package io.uno.routing.autoconfigure;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Gives the query methods of Spring Data repositories the read-only transaction that
 * Spring Data gives to inherited methods only. It is begun by Spring Data's own
 * interceptor, and so by the transaction manager of the repository.
 */
class RepositoryQueriesPostProcessor implements BeanPostProcessor {

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		DataSourceRepositories.extend(bean, RepositoryQueriesPostProcessor::readOnly);
		return bean;
	}

	private static void readOnly(ProxyFactory proxy, RepositoryInformation repository) {
		ReadingQueries queries = new ReadingQueries(repository);
		Arrays.stream(proxy.getAdvisors())
			.map(Advisor::getAdvice)
			.filter(TransactionInterceptor.class::isInstance)
			.map(TransactionInterceptor.class::cast)
			.forEach((interceptor) -> readOnly(interceptor, queries));
	}

	private static void readOnly(TransactionInterceptor interceptor, ReadingQueries queries) {
		TransactionAttributeSource declared = Objects.requireNonNull(interceptor.getTransactionAttributeSource());
		interceptor.setTransactionAttributeSource(
				new RepositoryQueryAttributeSource(declared, Set.copyOf(queries.withoutTransaction())));
	}

}
