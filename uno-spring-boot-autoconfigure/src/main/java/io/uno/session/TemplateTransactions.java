package io.uno.session;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.uno.error.CommitOutcomeUnknownException;
import io.uno.routing.ReadOnlyRouteException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the transactions of a template by Spring's. Immutable.
 */
final class TemplateTransactions {

	private final TransactionResources resources;

	private final TransactionSettings settings;

	private final TransactionTemplate reads;

	private final TransactionTemplate writes;

	private final @Nullable TransactionRetry retry;

	private final SessionFailures failures;

	TemplateTransactions(TransactionResources resources, TransactionSettings settings, String kind) {
		this.resources = resources;
		this.settings = settings;
		this.reads = template(true, kind + ".read");
		this.writes = template(false, kind + ".write");
		this.retry = (settings.retry() != null) ? new TransactionRetry(settings.retry(), resources.retries()) : null;
		this.failures = SessionFailures.of(resources.entityManagerFactory());
	}

	private TransactionTemplate template(boolean readOnly, String name) {
		TransactionTemplate template = new TransactionTemplate(this.resources.transactionManager());
		template.setReadOnly(readOnly);
		template.setName((this.settings.name() != null) ? this.settings.name() : name);
		template.setIsolationLevel(this.settings.isolation().value());
		template.setPropagationBehavior(springPropagation());
		if (this.settings.timeout() != null) {
			template.setTimeout(this.settings.timeoutInSeconds());
		}
		return template;
	}

	/**
	 * What is asked here is not asked of Spring as well: it knows no savepoints of
	 * Hibernate, and would run work that never joins without a transaction.
	 */
	private int springPropagation() {
		return switch (this.settings.propagation()) {
			case NEVER, NESTED -> TransactionDefinition.PROPAGATION_REQUIRED;
			default -> this.settings.propagation().value();
		};
	}

	<T extends @Nullable Object, X extends Exception> T read(SessionWork<T> work) throws X {
		return this.<T, X>execute(this.reads, work);
	}

	<T extends @Nullable Object, X extends Exception> T write(SessionWork<T> work) throws X {
		return this.<T, X>execute(this.writes, work);
	}

	@SuppressWarnings("unchecked") // the work throws nothing else
	private <T extends @Nullable Object, X extends Exception> T execute(TransactionTemplate template,
			SessionWork<T> work) throws X {
		try {
			if (!TransactionSynchronizationManager.isActualTransactionActive()) {
				return outermost(template, work);
			}
			return (this.settings.propagation() == Propagation.REQUIRES_NEW)
					? ended(template, () -> once(template, work)) : inside(template, work);
		}
		catch (CheckedFailure ex) {
			throw (X) ex.getChecked();
		}
	}

	/**
	 * A transaction of its own opens its own session when it may be tried again, and when
	 * it acts on someone's behalf: a session that is open beyond transactions would keep
	 * what a failed attempt has left in it, and answer one tenant with the entities of
	 * another.
	 */
	private <T extends @Nullable Object> T outermost(TransactionTemplate template, SessionWork<T> work) {
		TransactionRetry attempts = this.retry;
		if (attempts != null) {
			return ended(template, () -> this.<T>withoutOpenSession(
					() -> attempts.<T>execute(nameOf(template), (attempt) -> attempt(template, work, attempt))));
		}
		if (this.settings.claim().context().isForSomeone()) {
			return ended(template, () -> this.<T>withoutOpenSession(() -> once(template, work)));
		}
		return ended(template, () -> once(template, work));
	}

	private <T extends @Nullable Object> T withoutOpenSession(Supplier<T> call) {
		EntityManagerFactory factory = this.resources.entityManagerFactory();
		Object open = TransactionSynchronizationManager.isSynchronizationActive() ? null
				: TransactionSynchronizationManager.unbindResourceIfPossible(factory);
		if (open == null) {
			return call.get();
		}
		try {
			return call.get();
		}
		finally {
			TransactionSynchronizationManager.bindResource(factory, open);
		}
	}

	/**
	 * Runs the hooks of a transaction of its own when everything of it is over.
	 */
	private <T extends @Nullable Object> T ended(TransactionTemplate template, Supplier<T> transaction) {
		if (!this.settings.hasHooks()) {
			return transaction.get();
		}
		T result;
		try {
			result = transaction.get();
		}
		catch (CommitOutcomeUnknownException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			hooks(template).rolledBack();
			throw ex;
		}
		if (this.settings.dryRun()) {
			hooks(template).rolledBack();
		}
		else {
			hooks(template).committed();
		}
		return result;
	}

	private TransactionHooks hooks(TransactionTemplate template) {
		return new TransactionHooks(nameOf(template), this.settings.afterCommit(), this.settings.afterRollback());
	}

	private static String nameOf(TransactionTemplate template) {
		return Objects.requireNonNull(template.getName());
	}

	private <T extends @Nullable Object> T once(TransactionTemplate template, SessionWork<T> work) {
		return this.<T>attempt(template, work, new TransactionAttempt(nameOf(template)));
	}

	private <T extends @Nullable Object> T attempt(TransactionTemplate template, SessionWork<T> work,
			TransactionAttempt attempt) {
		try {
			return this.settings.claim()
				.<T>around(() -> template.execute((status) -> begun(template, status, work, attempt)));
		}
		catch (RuntimeException ex) {
			throw attempt.failed(ex);
		}
	}

	private <T extends @Nullable Object> T begun(TransactionTemplate template, TransactionStatus status,
			SessionWork<T> work, TransactionAttempt attempt) {
		this.settings.claim().claim(status);
		Session session = currentSession();
		attempt.begun();
		if (!template.isReadOnly()) {
			SessionCommits.tell(attempt, session);
		}
		limitExactly();
		try {
			T result = run(session, work);
			if (this.settings.dryRun()) {
				undo(template, status, session);
			}
			return result;
		}
		catch (RuntimeException | Error ex) {
			attempt.workFailed(ex);
			throw ex;
		}
	}

	private void undo(TransactionTemplate template, TransactionStatus status, Session session) {
		if (!template.isReadOnly()) {
			this.<@Nullable Void>run(session, (pending) -> {
				pending.flush();
				return null;
			});
		}
		status.setRollbackOnly();
	}

	/**
	 * Spring begins with whole seconds only.
	 */
	private void limitExactly() {
		Duration timeout = this.settings.timeout();
		if (timeout == null || timeout.equals(Duration.ofSeconds(timeout.toSeconds()))) {
			return;
		}
		for (Object resource : TransactionSynchronizationManager.getResourceMap().values()) {
			if (resource instanceof ResourceHolderSupport holder && holder.hasTimeout()) {
				holder.setTimeoutInMillis(timeout.toMillis());
			}
		}
	}

	/**
	 * What takes part in another transaction can't be tried again without it, and has its
	 * context.
	 */
	private <T extends @Nullable Object> T inside(TransactionTemplate template, SessionWork<T> work) {
		requireJoinable(template);
		if (this.settings.propagation() == Propagation.NESTED || this.settings.dryRun()) {
			return this.settings.claim().<T>around(() -> nested(template, work));
		}
		return this.settings.claim().<T>around(() -> template.execute((status) -> {
			this.settings.claim().claim(status);
			Session session = currentSession();
			runHooksAfter(template, session);
			return run(session, work);
		}));
	}

	private void requireJoinable(TransactionTemplate template) {
		String surrounding = TransactionSynchronizationManager.getCurrentTransactionName();
		if (this.settings.propagation() == Propagation.NEVER) {
			throw new IllegalTransactionStateException(
					"'%s' has Propagation.NEVER and can't run inside transaction '%s'; call it outside of that one, or leave out propagation(...)"
						.formatted(template.getName(), surrounding));
		}
		if (!template.isReadOnly() && TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			throw new ReadOnlyRouteException(surrounding);
		}
		Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
		Isolation asked = this.settings.isolation();
		if (asked != Isolation.DEFAULT && (isolation == null || isolation != asked.value())) {
			throw new IllegalTransactionStateException(
					"'%s' asks for isolation %s and can't join transaction '%s', which has not asked for it; ask there, or begin another one (Propagation.REQUIRES_NEW)"
						.formatted(template.getName(), asked, surrounding));
		}
	}

	private void runHooksAfter(TransactionTemplate template, Session session) {
		if (this.settings.hasHooks()) {
			hooks(template).after(session, this.resources.transactionManager())
				.forEach(TransactionSynchronizationManager::registerSynchronization);
		}
	}

	private <T extends @Nullable Object> T nested(TransactionTemplate template, SessionWork<T> work) {
		this.settings.claim().join();
		Session around = currentSession();
		NestedTransaction nested = new NestedTransaction(this.resources.entityManagerFactory(), this.settings.dryRun());
		T result;
		try {
			result = run(around, (session) -> nested.run(session, template.isReadOnly(), work));
		}
		catch (RuntimeException | Error ex) {
			hooks(template).rolledBack();
			throw ex;
		}
		if (this.settings.dryRun()) {
			hooks(template).rolledBack();
		}
		else {
			runHooksAfter(template, around);
		}
		return result;
	}

	private <T extends @Nullable Object> T run(Session session, SessionWork<T> work) {
		try {
			return work.run(session);
		}
		catch (RuntimeException ex) {
			throw this.failures.translate(ex);
		}
		catch (Exception ex) {
			throw new CheckedFailure(ex);
		}
	}

	private Session currentSession() {
		EntityManager entityManager = Objects.requireNonNull(
				EntityManagerFactoryUtils.getTransactionalEntityManager(this.resources.entityManagerFactory()));
		return entityManager.unwrap(Session.class);
	}

	/**
	 * Work in a session of a transaction.
	 *
	 * @param <T> type of the result
	 */
	@FunctionalInterface
	interface SessionWork<T extends @Nullable Object> {

		T run(Session session) throws Exception;

	}

}
