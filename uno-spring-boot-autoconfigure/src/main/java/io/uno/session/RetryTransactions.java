package io.uno.session;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.RoutingTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.NamedThreadLocal;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.retry.RetryListener;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Runs methods with {@link RetryTransaction} as that says. It has to listen to the
 * transaction managers, to know how far a transaction has come. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class RetryTransactions implements TransactionExecutionListener {

	private static final Set<Integer> BEGINNING = Set.of(TransactionDefinition.PROPAGATION_REQUIRED,
			TransactionDefinition.PROPAGATION_REQUIRES_NEW, TransactionDefinition.PROPAGATION_NESTED);

	private static final boolean HIBERNATE_PRESENT = ClassUtils.isPresent("org.hibernate.SharedSessionContract",
			RetryTransactions.class.getClassLoader())
			&& ClassUtils.isPresent("org.springframework.orm.jpa.EntityManagerHolder",
					RetryTransactions.class.getClassLoader());

	private final Supplier<Optional<TransactionAttributeSource>> transactions;

	private final Supplier<Optional<DatabaseClaims>> claims;

	private final Supplier<RetryListener> listener;

	private final Map<MethodClassKey, Optional<Retry>> retries = new ConcurrentHashMap<>();

	private final ThreadLocal<@Nullable Running> running = new NamedThreadLocal<>("attempt at a transaction");

	/**
	 * Creates what runs the methods.
	 * @param transactions tells of the transactions of methods, empty where the
	 * application has none by annotations
	 * @param claims where connections are asked for again, empty when nothing is routed
	 * @param listener is told of transactions that are tried again
	 */
	public RetryTransactions(Supplier<Optional<TransactionAttributeSource>> transactions,
			Supplier<Optional<DatabaseClaims>> claims, Supplier<RetryListener> listener) {
		this.transactions = transactions;
		this.claims = claims;
		this.listener = listener;
	}

	/**
	 * Whether the transaction of a method is to be tried again.
	 * @param method the method
	 * @param type class of the bean
	 * @return whether it or its class has the annotation
	 */
	public boolean isDeclared(Method method, Class<?> type) {
		return method.getDeclaringClass() != Object.class
				&& (ofMethod(method, type) != null || ofClass(method, type) != null);
	}

	/**
	 * Makes sure that what is declared can be done.
	 * @param method a method
	 * @param type class of the bean
	 * @throws IllegalStateException if the method has the annotation but begins no
	 * transaction, or the annotation says something impossible
	 */
	public void check(Method method, Class<?> type) {
		if (isDeclared(method, type)) {
			retry(method, type);
		}
	}

	/**
	 * Calls a method, again if need be.
	 * @param method the method
	 * @param type class of the bean
	 * @param call begins the method's transaction, calls it and commits
	 * @return what the method returns
	 * @throws Exception what the method throws
	 */
	public @Nullable Object call(Method method, Class<?> type, Callable<@Nullable Object> call) throws Exception {
		Optional<Retry> retry = retry(method, type);
		if (retry.isEmpty() || TransactionSynchronizationManager.isActualTransactionActive()) {
			return call.call();
		}
		return routed(retry.get(), () -> OpenSessions.without(() -> attempts(method, type, retry.get(), call)));
	}

	/**
	 * To be called inside of a method's transaction, before the method.
	 * @see #left
	 */
	public void entered() {
		Running current = this.running.get();
		if (current != null) {
			current.calls++;
		}
	}

	/**
	 * To be called inside of a method's transaction, after the method.
	 * @param failure what it has thrown, {@code null} for nothing
	 */
	public void left(@Nullable Throwable failure) {
		Running current = this.running.get();
		if (current != null) {
			current.left(failure);
		}
	}

	/**
	 * Has the connection that a transaction fetches at its first statement be asked for
	 * again.
	 */
	private @Nullable Object routed(Retry retry, Callable<@Nullable Object> call) throws Exception {
		Optional<DatabaseClaims> known = this.claims.get();
		return known.isPresent() ? new RoutingTemplate(known.get()).connecting(retry.connecting())
			.<@Nullable Object, Exception>call(call::call) : call.call();
	}

	private @Nullable Object attempts(Method method, Class<?> type, Retry retry, Callable<@Nullable Object> call)
			throws Exception {
		String name = ClassUtils.getQualifiedMethodName(method, ClassUtils.getUserClass(type));
		try {
			return new TransactionRetry(retry, this.listener.get()).<@Nullable Object>execute(name,
					(attempt) -> attempt(attempt, call));
		}
		catch (CheckedFailure ex) {
			throw ex.getChecked();
		}
	}

	private @Nullable Object attempt(TransactionAttempt attempt, Callable<@Nullable Object> call) {
		Running suspended = this.running.get();
		this.running.set(new Running(attempt));
		try {
			return call.call();
		}
		catch (RuntimeException ex) {
			throw attempt.failed(ex);
		}
		catch (Exception ex) {
			throw new CheckedFailure(ex);
		}
		finally {
			restore(suspended);
		}
	}

	/**
	 * Outside of a transaction that is suspended around it another one may begin.
	 */
	private void restore(@Nullable Running suspended) {
		if (suspended != null) {
			this.running.set(suspended);
		}
		else {
			this.running.remove();
		}
	}

	private Optional<Retry> retry(Method method, Class<?> type) {
		MethodClassKey key = new MethodClassKey(method, type);
		Optional<Retry> known = this.retries.get(key);
		if (known == null) {
			known = read(method, type);
			this.retries.put(key, known);
		}
		return known;
	}

	/**
	 * What is declared of a class holds for those methods that it can hold for.
	 */
	private Optional<Retry> read(Method method, Class<?> type) {
		String subject = ClassUtils.getQualifiedMethodName(method, ClassUtils.getUserClass(type));
		RetryTransaction own = ofMethod(method, type);
		RetryTransaction declared = (own != null) ? own : ofClass(method, type);
		if (declared == null) {
			return Optional.empty();
		}
		Retry retry = retry(declared, subject);
		TransactionAttribute transaction = this.transactions.get()
			.map((source) -> source.getTransactionAttribute(method, type))
			.orElse(null);
		if (transaction != null && BEGINNING.contains(transaction.getPropagationBehavior())) {
			return Optional.of(retry);
		}
		if (own != null) {
			throw new IllegalStateException(
					"@RetryTransaction of '%s' needs a transaction that the method begins, but %s; add @Transactional with Propagation.REQUIRED, REQUIRES_NEW or NESTED, or remove @RetryTransaction"
						.formatted(subject, describe(transaction)));
		}
		return Optional.empty();
	}

	private static String describe(@Nullable TransactionAttribute transaction) {
		if (transaction == null) {
			return "it has none";
		}
		for (Propagation propagation : Propagation.values()) {
			if (propagation.value() == transaction.getPropagationBehavior()) {
				return "it has Propagation." + propagation;
			}
		}
		return "it begins none";
	}

	private static Retry retry(RetryTransaction declared, String subject) {
		try {
			Retry retry = Retry.attempts(declared.attempts())
				.waiting(duration(declared.firstWait()), duration(declared.longestWait()));
			retry = declared.within().isEmpty() ? retry : retry.within(duration(declared.within()));
			retry = declared.onLockTimeout() ? retry.onLockTimeout() : retry;
			return declared.idempotent() ? retry.idempotent() : retry;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(
					"@RetryTransaction of '%s' can't be: %s".formatted(subject, ex.getMessage()), ex);
		}
	}

	private static Duration duration(String text) {
		return DurationFormatterUtils.parse(text, DurationFormat.Style.SIMPLE);
	}

	private static @Nullable RetryTransaction ofMethod(Method method, Class<?> type) {
		Method specific = AopUtils.getMostSpecificMethod(method, ClassUtils.getUserClass(type));
		RetryTransaction found = AnnotatedElementUtils.findMergedAnnotation(specific, RetryTransaction.class);
		return (found != null) ? found : AnnotatedElementUtils.findMergedAnnotation(method, RetryTransaction.class);
	}

	private static @Nullable RetryTransaction ofClass(Method method, Class<?> type) {
		return method.isSynthetic() ? null
				: AnnotatedElementUtils.findMergedAnnotation(ClassUtils.getUserClass(type), RetryTransaction.class);
	}

	@Override
	public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
		Running current = this.running.get();
		if (current != null && beginFailure == null && transaction.isNewTransaction()) {
			current.begun(transaction.isReadOnly());
		}
	}

	@Override
	public void beforeCommit(TransactionExecution transaction) {
		Running current = this.running.get();
		if (current != null && transaction.isNewTransaction() && !transaction.isReadOnly()) {
			current.beforeCommit();
		}
	}

	@Override
	public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
		Running current = this.running.get();
		if (current != null && transaction.isNewTransaction() && commitFailure == null) {
			current.ended();
		}
	}

	@Override
	public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
		Running current = this.running.get();
		if (current != null && transaction.isNewTransaction()) {
			current.depth--;
		}
	}

	/**
	 * The attempt that a thread is at, and how deep inside of transactions it is.
	 * Confined to that thread.
	 */
	private static final class Running {

		private final TransactionAttempt attempt;

		private int depth;

		private int calls;

		private boolean watched;

		Running(TransactionAttempt attempt) {
			this.attempt = attempt;
		}

		void begun(boolean readOnly) {
			this.depth++;
			this.attempt.begun();
			if (this.depth == 1) {
				TransactionSynchronizationManager.registerSynchronization(new Committed(this.attempt));
			}
			this.watched = !readOnly && HIBERNATE_PRESENT && SessionCommits.tellOfRunning(this.attempt);
		}

		/**
		 * Methods may call others that take part in the transaction.
		 */
		void left(@Nullable Throwable failure) {
			this.calls--;
			if (this.calls == 0 && failure != null) {
				this.attempt.workFailed((failure instanceof Exception checked && !(failure instanceof RuntimeException))
						? new CheckedFailure(checked) : failure);
			}
		}

		void beforeCommit() {
			if (!this.watched) {
				this.attempt.committing();
			}
		}

		/**
		 * A surrounding transaction, if there is one, is told to commit later.
		 */
		void ended() {
			this.depth--;
			this.attempt.answered();
		}

	}

	/**
	 * Is told of the commit before anything else that comes after it.
	 *
	 * @param attempt the attempt
	 */
	private record Committed(TransactionAttempt attempt) implements TransactionSynchronization {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void afterCommit() {
			this.attempt.committed();
		}

	}

}
