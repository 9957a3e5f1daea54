package io.uno.routing.autoconfigure;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import io.uno.datasource.Database;
import io.uno.routing.Access;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseClaims.ClaimedCall;
import io.uno.routing.DatabaseReason;
import io.uno.routing.DatabaseRule.Work;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has the calls of every Spring Data repository on the data source, be it of JPA or of
 * Spring Data JDBC, work on the database that the method, the repository or its entity
 * names, or that a rule chooses.
 */
class RepositoryClaimsPostProcessor implements BeanPostProcessor {

	private final Supplier<RouteAnnotations> annotations;

	RepositoryClaimsPostProcessor(Supplier<RouteAnnotations> annotations) {
		this.annotations = annotations;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		DataSourceRepositories.extend(bean, (proxy, repository) -> {
			proxy.addAdvice(advice(repository));
			Class<?> type = repository.getRepositoryInterface();
			if (Arrays.stream(type.getMethods()).anyMatch((method) -> isActing(method, type))) {
				proxy.addAdvice(0, acting(type));
			}
		});
		return bean;
	}

	private boolean isActing(Method method, Class<?> repository) {
		return !this.annotations.get().of(method, repository).acting().isEmpty();
	}

	/**
	 * Around the transaction that the repository itself begins, which has to know before
	 * on whose behalf it does.
	 */
	private MethodInterceptor acting(Class<?> repository) {
		RouteAnnotations known = this.annotations.get();
		return (invocation) -> known.of(invocation.getMethod(), repository)
			.runOnBehalf(known.claims(), true, invocation::proceed);
	}

	private MethodInterceptor advice(RepositoryInformation repository) {
		RouteAnnotations known = this.annotations.get();
		Class<?> type = repository.getRepositoryInterface();
		for (Method method : type.getMethods()) {
			known.of(method, type);
		}
		Optional<Database> owner = known.claims().declaredOwnerOf(type, repository.getDomainType());
		return new ClaimInterceptor(type, repository.getDomainType(), owner.map(Database::name).orElse(null), known);
	}

	/**
	 * Runs inside the transaction that the repository itself begins.
	 *
	 * @param repository the repository's interface
	 * @param entity what it is a repository of
	 * @param owner the database that the repository belongs to, {@code null} if nothing
	 * says which
	 * @param annotations what is said of the repository's methods
	 */
	private record ClaimInterceptor(Class<?> repository, Class<?> entity, @Nullable String owner,
			RouteAnnotations annotations) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			Method method = invocation.getMethod();
			RouteDeclaration declaration = this.annotations.of(method, this.repository);
			if (declaration.ofMethod()) {
				return declaration.run(this.annotations.claims(), true, invocation::proceed);
			}
			return runOnOwner(method, () -> declaration.runFresh(this.annotations.claims(), invocation::proceed));
		}

		private @Nullable Object runOnOwner(Method method, ClaimedCall<@Nullable Object, Throwable> call)
				throws Throwable {
			DatabaseClaims claims = this.annotations.claims();
			return (this.owner != null)
					? claims.<@Nullable Object, Throwable>on(this.owner, DatabaseReason.ENTITY, call)
					: claims.<@Nullable Object, Throwable>undeclared(new Work(this.entity, access(), method), call);
		}

		private static Access access() {
			return TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? Access.READ : Access.WRITE;
		}

	}

}
