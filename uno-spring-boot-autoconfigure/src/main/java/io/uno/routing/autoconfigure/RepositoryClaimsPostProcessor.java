package io.uno.routing.autoconfigure;

import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.uno.datasource.Databases;
import io.uno.routing.DatabaseClaims;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;

/**
 * Has the calls of every Spring Data repository on the data source, be it of JPA or of
 * Spring Data JDBC, work on the database that claims its package.
 */
class RepositoryClaimsPostProcessor implements BeanPostProcessor {

	/**
	 * By name, as each of the two libraries may be absent.
	 */
	private static final Set<String> ON_DATA_SOURCE = Set.of(
			"org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean",
			"org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean");

	private final Supplier<Databases> databases;

	private final Supplier<DatabaseClaims> claims;

	RepositoryClaimsPostProcessor(Supplier<Databases> databases, Supplier<DatabaseClaims> claims) {
		this.databases = databases;
		this.claims = claims;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof RepositoryFactoryBeanSupport<?, ?, ?> factoryBean && isOnDataSource(bean.getClass())) {
			factoryBean.addRepositoryFactoryCustomizer((factory) -> factory.addRepositoryProxyPostProcessor(
					(proxy, repository) -> proxy.addAdvice(advice(repository.getRepositoryInterface()))));
		}
		return bean;
	}

	/**
	 * Those of Redis or MongoDB are no database's of ours.
	 */
	private static boolean isOnDataSource(Class<?> factoryBean) {
		return Stream.<Class<?>>iterate(factoryBean, Objects::nonNull, Class::getSuperclass)
			.anyMatch((type) -> ON_DATA_SOURCE.contains(type.getName()));
	}

	private MethodInterceptor advice(Class<?> repository) {
		String database = this.databases.get().ownerOf(repository).name();
		return new ClaimInterceptor(database, this.claims.get());
	}

	/**
	 * Runs inside the transaction that the repository itself begins.
	 *
	 * @param database the database that the repository belongs to
	 * @param claims where the database is claimed
	 */
	private record ClaimInterceptor(String database, DatabaseClaims claims) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			return this.claims.<@Nullable Object, Throwable>on(this.database, invocation::proceed);
		}

	}

}
