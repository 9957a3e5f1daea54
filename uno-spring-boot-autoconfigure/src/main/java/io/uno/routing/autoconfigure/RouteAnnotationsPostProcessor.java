package io.uno.routing.autoconfigure;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.uno.routing.ActingAs;
import io.uno.routing.Fresh;
import io.uno.routing.UseDatabase;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Has the methods of beans run as {@link UseDatabase}, {@link Fresh} and {@link ActingAs}
 * say. It comes before the interceptor of transactions, so that a new one begins on the
 * right database and on the right behalf, and after the one of {@code @Async}, so that it
 * runs on the thread that does the work.
 */
class RouteAnnotationsPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	private static final long serialVersionUID = 1L;

	private static final Set<Integer> JOINING = Set.of(TransactionDefinition.PROPAGATION_REQUIRED,
			TransactionDefinition.PROPAGATION_SUPPORTS, TransactionDefinition.PROPAGATION_MANDATORY,
			TransactionDefinition.PROPAGATION_NESTED);

	private final transient RouteAnnotations annotations;

	RouteAnnotationsPostProcessor(RouteAnnotations annotations, ObjectProvider<TransactionAttributeSource> transactions,
			boolean proxyTargetClass) {
		this.annotations = annotations;
		this.advisor = new DefaultPointcutAdvisor(new Annotated(annotations), new Interceptor(annotations,
				SingletonSupplier.of(() -> Optional.ofNullable(transactions.getIfUnique()))));
		setBeforeExistingAdvisors(true);
		setProxyTargetClass(proxyTargetClass);
		// what comes later is put around it, as @Async is
		setOrder(LOWEST_PRECEDENCE - 1);
	}

	/**
	 * Reads everything that is declared, so that what can't be right fails the start.
	 */
	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		Object processed = super.postProcessAfterInitialization(bean, name);
		Class<?> type = AopUtils.getTargetClass(bean);
		if (isEligible(type)) {
			for (Method method : ReflectionUtils.getAllDeclaredMethods(ClassUtils.getUserClass(type))) {
				this.annotations.of(method, type);
			}
		}
		return processed;
	}

	/**
	 * A proxy whose target has nothing to say is left alone: repositories are routed
	 * inside theirs.
	 */
	@Override
	protected boolean isEligible(Object bean, String name) {
		return !(bean instanceof Advised) && super.isEligible(bean, name);
	}

	/**
	 * What has an annotation, or is of a class or interface that has one.
	 */
	private static final class Annotated extends StaticMethodMatcherPointcut {

		private final RouteAnnotations annotations;

		Annotated(RouteAnnotations annotations) {
			this.annotations = annotations;
			setClassFilter((type) -> AnnotationUtils.isCandidateClass(type,
					Set.of(UseDatabase.class, Fresh.class, ActingAs.class)));
		}

		@Override
		public boolean matches(Method method, Class<?> type) {
			return this.annotations.isPresent(method, type);
		}

	}

	/**
	 * Runs a method as it is declared.
	 *
	 * @param annotations what is declared
	 * @param transactions how a method takes part in transactions, nothing where the
	 * application has no transactions by annotations
	 */
	private record Interceptor(RouteAnnotations annotations,
			Supplier<Optional<TransactionAttributeSource>> transactions) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			Method method = invocation.getMethod();
			Class<?> type = (invocation.getThis() != null) ? AopUtils.getTargetClass(invocation.getThis())
					: method.getDeclaringClass();
			RouteDeclaration declaration = this.annotations.of(method, type);
			return declaration.run(this.annotations.claims(), isJoining(method, type), invocation::proceed);
		}

		private boolean isJoining(Method method, Class<?> type) {
			return this.transactions.get()
				.map((source) -> source.getTransactionAttribute(method, type))
				.map((attribute) -> JOINING.contains(attribute.getPropagationBehavior()))
				.orElse(true);
		}

	}

}
