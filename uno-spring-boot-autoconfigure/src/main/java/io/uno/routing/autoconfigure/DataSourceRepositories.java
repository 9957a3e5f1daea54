package io.uno.routing.autoconfigure;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.data.repository.core.support.RepositoryProxyPostProcessor;

/**
 * Finds the Spring Data repositories on the data source, be they of JPA or of Spring Data
 * JDBC. Those of Redis or MongoDB are no database's of ours.
 */
final class DataSourceRepositories {

	/**
	 * By name, as each of the two libraries may be absent.
	 */
	private static final Set<String> FACTORIES = Set.of(
			"org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean",
			"org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean");

	private DataSourceRepositories() {
	}

	/**
	 * Has a repository's proxy completed by something more, inside what Spring Data
	 * itself puts around the repository.
	 */
	static void extend(Object bean, RepositoryProxyPostProcessor processor) {
		if (bean instanceof RepositoryFactoryBeanSupport<?, ?, ?> factoryBean && isOnDataSource(bean.getClass())) {
			factoryBean.addRepositoryFactoryCustomizer((factory) -> factory.addRepositoryProxyPostProcessor(processor));
		}
	}

	private static boolean isOnDataSource(Class<?> factoryBean) {
		return Stream.<Class<?>>iterate(factoryBean, Objects::nonNull, Class::getSuperclass)
			.anyMatch((type) -> FACTORIES.contains(type.getName()));
	}

}
