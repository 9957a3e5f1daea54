package io.uno.session;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.uno.dialect.ContextSetting;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import io.uno.routing.Freshness;
import io.uno.routing.ReadOnlyRouteException;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The template over Spring's transactions.
 */
final class DefaultSessionTemplate implements SessionTemplate {

	private final EntityManagerFactory entityManagerFactory;

	private final PlatformTransactionManager transactionManager;

	private final Executor executor;

	private final TransactionClaim claim;

	private final @Nullable TransactionRetry retry;

	private final SessionFailures failures;

	DefaultSessionTemplate(EntityManagerFactory entityManagerFactory, PlatformTransactionManager transactionManager,
			Executor executor, TransactionClaim claim) {
		this(entityManagerFactory, transactionManager, executor, claim, null);
	}

	private DefaultSessionTemplate(EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, Executor executor, TransactionClaim claim,
			@Nullable TransactionRetry retry) {
		this.entityManagerFactory = entityManagerFactory;
		this.transactionManager = transactionManager;
		this.executor = executor;
		this.claim = claim;
		this.retry = retry;
		this.failures = SessionFailures.of(entityManagerFactory);
	}

	@Override
	public SessionTemplate on(String database) {
		return with(this.claim.on(database));
	}

	@Override
	public SessionTemplate freshness(Freshness freshness) {
		return with(this.claim.freshness(freshness));
	}

	@Override
	public SessionTemplate asRole(String role) {
		return with(this.claim.as(ContextSetting.ROLE, role));
	}

	@Override
	public SessionTemplate asTenant(Object tenant) {
		return with(this.claim.as(ContextSetting.TENANT, tenant.toString()));
	}

	@Override
	public SessionTemplate asUser(String user) {
		return with(this.claim.as(ContextSetting.USER, user));
	}

	private SessionTemplate with(TransactionClaim changed) {
		return new DefaultSessionTemplate(this.entityManagerFactory, this.transactionManager, this.executor, changed,
				this.retry);
	}

	@Override
	public SessionTemplate retry(int attempts) {
		return new DefaultSessionTemplate(this.entityManagerFactory, this.transactionManager, this.executor, this.claim,
				new TransactionRetry(attempts));
	}

	@Override
	public AsyncSessionTemplate async() {
		return new DefaultAsyncSessionTemplate(this, this.executor);
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T read(SessionCallback<T, X> work) throws X {
		return execute(true, work);
	}

	@Override
	public <X extends Exception> void readWithoutResult(SessionAction<X> work) throws X {
		this.<@Nullable Void, X>execute(true, (session) -> {
			work.doInSession(session);
			return null;
		});
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T write(SessionCallback<T, X> work) throws X {
		refuseReadOnlySurroundings();
		return execute(false, work);
	}

	@Override
	public <X extends Exception> void writeWithoutResult(SessionAction<X> work) throws X {
		this.<@Nullable Void, X>write((session) -> {
			work.doInSession(session);
			return null;
		});
	}

	private static void refuseReadOnlySurroundings() {
		if (TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			throw new ReadOnlyRouteException(TransactionSynchronizationManager.getCurrentTransactionName());
		}
	}

	@SuppressWarnings("unchecked")
	private <T extends @Nullable Object, X extends Exception> T execute(boolean readOnly, SessionCallback<T, X> work)
			throws X {
		TransactionTemplate transactions = new TransactionTemplate(this.transactionManager);
		transactions.setReadOnly(readOnly);
		transactions.setName("SessionTemplate." + (readOnly ? "read" : "write"));
		try {
			return this.<T>execute(
					() -> this.claim.<T>around(() -> transactions.execute((status) -> doInSession(status, work))));
		}
		catch (CheckedFailure ex) {
			throw (X) ex.getChecked();
		}
	}

	/**
	 * What takes part in another transaction can't be tried again without it, and has its
	 * context.
	 */
	private <T extends @Nullable Object> T execute(Supplier<T> transaction) {
		TransactionRetry attempts = this.retry;
		if (TransactionSynchronizationManager.isActualTransactionActive()
				|| (attempts == null && this.claim.context().isEmpty())) {
			return transaction.get();
		}
		return this
			.<T>withoutOpenSession(() -> (attempts != null) ? attempts.<T>execute(transaction) : transaction.get());
	}

	/**
	 * A session that is open beyond transactions would keep what a failed attempt has
	 * left in it, and answer one tenant with the entities of another, so each such
	 * transaction opens its own.
	 */
	private <T extends @Nullable Object> T withoutOpenSession(Supplier<T> call) {
		Object open = TransactionSynchronizationManager.isSynchronizationActive() ? null
				: TransactionSynchronizationManager.unbindResourceIfPossible(this.entityManagerFactory);
		if (open == null) {
			return call.get();
		}
		try {
			return call.get();
		}
		finally {
			TransactionSynchronizationManager.bindResource(this.entityManagerFactory, open);
		}
	}

	private <T extends @Nullable Object> T doInSession(TransactionStatus status, SessionCallback<T, ?> work) {
		this.claim.claim(status);
		EntityManager entityManager = Objects
			.requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(this.entityManagerFactory));
		try {
			return work.doInSession(entityManager.unwrap(Session.class));
		}
		catch (RuntimeException ex) {
			throw this.failures.translate(ex);
		}
		catch (Exception ex) {
			throw new CheckedFailure(ex);
		}
	}

}
