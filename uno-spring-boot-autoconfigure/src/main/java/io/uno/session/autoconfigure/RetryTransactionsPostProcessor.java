package io.uno.session.autoconfigure;

import java.lang.reflect.Method;

import io.uno.session.RetryTransaction;
import io.uno.session.RetryTransactions;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Has the methods of beans run as {@link RetryTransaction} says. It comes before the
 * interceptor of transactions, so that each attempt begins a new one, and after the
 * annotations of routing and {@code @Async}.
 */
class RetryTransactionsPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	private static final long serialVersionUID = 1L;

	private final transient RetryTransactions retries;

	private final transient Advisor outermost;

	private final transient Advisor innermost;

	RetryTransactionsPostProcessor(RetryTransactions retries, boolean proxyTargetClass) {
		this.retries = retries;
		Annotated annotated = new Annotated(retries);
		this.outermost = new DefaultPointcutAdvisor(annotated, new Interceptor(retries));
		this.advisor = this.outermost;
		this.innermost = new DefaultPointcutAdvisor(annotated, new Witness(retries));
		setBeforeExistingAdvisors(true);
		setProxyTargetClass(proxyTargetClass);
		// what comes later is put around it
		setOrder(LOWEST_PRECEDENCE - 2);
	}

	/**
	 * Reads everything that is declared, so that what can't be right fails the start.
	 */
	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof ConfigurableTransactionManager manager
				&& !manager.getTransactionExecutionListeners().contains(this.retries)) {
			manager.addListener(this.retries);
		}
		Object processed = super.postProcessAfterInitialization(bean, name);
		if (processed instanceof Advised advised && advised.indexOf(this.outermost) >= 0) {
			advised.addAdvisor(this.innermost);
		}
		Class<?> type = AopUtils.getTargetClass(bean);
		if (AnnotationUtils.isCandidateClass(type, RetryTransaction.class) && isEligible(type)) {
			for (Method method : ReflectionUtils.getAllDeclaredMethods(ClassUtils.getUserClass(type))) {
				this.retries.check(method, type);
			}
		}
		return processed;
	}

	/**
	 * What has the annotation, or is of a class that has it.
	 */
	private static final class Annotated extends StaticMethodMatcherPointcut {

		private final RetryTransactions retries;

		Annotated(RetryTransactions retries) {
			this.retries = retries;
			setClassFilter((type) -> AnnotationUtils.isCandidateClass(type, RetryTransaction.class));
		}

		@Override
		public boolean matches(Method method, Class<?> type) {
			return this.retries.isDeclared(method, type);
		}

	}

	/**
	 * Hears inside of the transaction what a method throws, which a rollback that fails
	 * too would hide.
	 *
	 * @param retries is told
	 */
	private record Witness(RetryTransactions retries) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			this.retries.entered();
			try {
				Object result = invocation.proceed();
				this.retries.left(null);
				return result;
			}
			catch (Throwable ex) {
				this.retries.left(ex);
				throw ex;
			}
		}

	}

	/**
	 * Runs a method as it is declared.
	 *
	 * @param retries what is declared
	 */
	private record Interceptor(RetryTransactions retries) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			Method method = invocation.getMethod();
			Class<?> type = (invocation.getThis() != null) ? AopUtils.getTargetClass(invocation.getThis())
					: method.getDeclaringClass();
			return this.retries.call(method, type, () -> proceed(invocation));
		}

		/**
		 * An invocation can be proceeded with only once.
		 */
		private static @Nullable Object proceed(MethodInvocation invocation) throws Exception {
			try {
				return ((ProxyMethodInvocation) invocation).invocableClone().proceed();
			}
			catch (Exception | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException("Method '%s' has thrown what is neither an exception nor an error"
					.formatted(invocation.getMethod()), ex);
			}
		}

	}

}
