package io.uno.session;

import java.util.Objects;

import io.uno.routing.DatabaseClaims;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The template over Spring's transactions.
 */
final class DefaultSessionTemplate implements SessionTemplate {

	private final EntityManagerFactory entityManagerFactory;

	private final PlatformTransactionManager transactionManager;

	private final @Nullable DatabaseClaims claims;

	private final @Nullable String database;

	DefaultSessionTemplate(EntityManagerFactory entityManagerFactory, PlatformTransactionManager transactionManager,
			@Nullable DatabaseClaims claims, @Nullable String database) {
		this.entityManagerFactory = entityManagerFactory;
		this.transactionManager = transactionManager;
		this.claims = claims;
		this.database = database;
	}

	@Override
	public SessionTemplate on(String database) {
		if (this.claims == null) {
			throw new IllegalStateException(
					"No database is called '%s': the application has one data source and no 'uno.databases.%s.url'"
						.formatted(database, database));
		}
		return new DefaultSessionTemplate(this.entityManagerFactory, this.transactionManager, this.claims,
				this.claims.require(database));
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
			throw new IllegalTransactionStateException(
					"A write can't join the running transaction '%s', which is read-only"
						.formatted(TransactionSynchronizationManager.getCurrentTransactionName()));
		}
	}

	@SuppressWarnings("unchecked")
	private <T extends @Nullable Object, X extends Exception> T execute(boolean readOnly, SessionCallback<T, X> work)
			throws X {
		TransactionTemplate transactions = new TransactionTemplate(this.transactionManager);
		transactions.setReadOnly(readOnly);
		transactions.setName("SessionTemplate." + (readOnly ? "read" : "write"));
		try {
			return transactions.execute((status) -> doInSession(work));
		}
		catch (CheckedFailure ex) {
			throw (X) ex.getChecked();
		}
	}

	private <T extends @Nullable Object> T doInSession(SessionCallback<T, ?> work) {
		if (this.claims != null && this.database != null) {
			this.claims.claim(this.database);
		}
		EntityManager entityManager = Objects
			.requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(this.entityManagerFactory));
		try {
			return work.doInSession(entityManager.unwrap(Session.class));
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new CheckedFailure(ex);
		}
	}

	/**
	 * Carries what is checked through Spring's template, which rolls back only what is
	 * not.
	 */
	private static final class CheckedFailure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final Exception checked;

		CheckedFailure(Exception checked) {
			super(checked);
			this.checked = checked;
		}

		Exception getChecked() {
			return this.checked;
		}

	}

}
