package io.uno.routing.autoconfigure;

import java.util.function.Supplier;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.repository.core.RepositoryInformation;

/**
 * Has the calls of every Spring Data repository on the data source, be it of JPA or of
 * Spring Data JDBC, work on the database that it or its entity belongs to.
 */
class RepositoryClaimsPostProcessor implements BeanPostProcessor {

	private final Supplier<DatabaseClaims> claims;

	RepositoryClaimsPostProcessor(Supplier<DatabaseClaims> claims) {
		this.claims = claims;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		DataSourceRepositories.extend(bean, (proxy, repository) -> proxy.addAdvice(advice(repository)));
		return bean;
	}

	private MethodInterceptor advice(RepositoryInformation repository) {
		DatabaseClaims known = this.claims.get();
		String database = known.ownerOf(repository.getRepositoryInterface(), repository.getDomainType()).name();
		return new ClaimInterceptor(database, known);
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
			return this.claims.<@Nullable Object, Throwable>on(this.database, DatabaseReason.ENTITY,
					invocation::proceed);
		}

	}

}
