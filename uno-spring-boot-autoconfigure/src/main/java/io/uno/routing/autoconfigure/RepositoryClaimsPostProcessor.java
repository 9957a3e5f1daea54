package io.uno.routing.autoconfigure;

import java.util.function.Supplier;

import io.uno.datasource.Databases;
import io.uno.routing.DatabaseClaims;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Has the calls of every Spring Data repository on the data source, be it of JPA or of
 * Spring Data JDBC, work on the database that claims its package.
 */
class RepositoryClaimsPostProcessor implements BeanPostProcessor {

	private final Supplier<Databases> databases;

	private final Supplier<DatabaseClaims> claims;

	RepositoryClaimsPostProcessor(Supplier<Databases> databases, Supplier<DatabaseClaims> claims) {
		this.databases = databases;
		this.claims = claims;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		DataSourceRepositories.extend(bean,
				(proxy, repository) -> proxy.addAdvice(advice(repository.getRepositoryInterface())));
		return bean;
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
