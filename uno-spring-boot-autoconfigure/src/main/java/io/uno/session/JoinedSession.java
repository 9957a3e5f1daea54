package io.uno.session;

import java.sql.Connection;

import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.StatelessSessionBuilder;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A session that works on the connection of a transaction beside the session that the
 * transaction has itself. For Hibernate it has a transaction of its own, which ends with
 * that one: only then caches and listeners hear of what it has done.
 * <p>
 * Hibernate's own way, a session that shares the connection, is closed here: with
 * multi-tenancy Hibernate 7.4 refuses it for stateless sessions by mistake, and an
 * exception in a stateful one would mark the surrounding transaction to be rolled back,
 * which no savepoint takes back.
 *
 * @param <S> type of the session
 * @param session the session
 */
record JoinedSession<S extends SharedSessionContract>(S session) implements TransactionSynchronization {

	static JoinedSession<StatelessSession> stateless(Session around) {
		StatelessSessionBuilder builder = around.getSessionFactory()
			.withStatelessOptions()
			.connection(JoinedConnection.of(connectionOf(around)));
		Object tenant = around.getTenantIdentifierValue();
		return begun((tenant != null) ? builder.tenantIdentifier(tenant).openStatelessSession()
				: builder.openStatelessSession());
	}

	static JoinedSession<Session> stateful(Session around) {
		SessionBuilder builder = around.getSessionFactory()
			.withOptions()
			.connection(JoinedConnection.of(connectionOf(around)));
		Object tenant = around.getTenantIdentifierValue();
		Session session = (tenant != null) ? builder.tenantIdentifier(tenant).openSession() : builder.openSession();
		session.setHibernateFlushMode(around.getHibernateFlushMode());
		session.setDefaultReadOnly(around.isDefaultReadOnly());
		return begun(session);
	}

	private static <S extends SharedSessionContract> JoinedSession<S> begun(S session) {
		for (Object resource : TransactionSynchronizationManager.getResourceMap().values()) {
			if (resource instanceof ResourceHolderSupport holder && holder.hasTimeout()) {
				session.getTransaction().setTimeout(holder.getTimeToLiveInSeconds());
			}
		}
		session.beginTransaction();
		return new JoinedSession<>(session);
	}

	static Connection connectionOf(Session session) {
		return session.unwrap(SharedSessionContractImplementor.class)
			.getJdbcCoordinator()
			.getLogicalConnection()
			.getPhysicalConnection();
	}

	/**
	 * Sends everything that the session still holds, as if the transaction were to end
	 * now, which the session hears of when that is so.
	 */
	void finish() {
		SharedSessionContractImplementor implementor = (SharedSessionContractImplementor) this.session;
		if (this.session instanceof Session stateful) {
			stateful.flush();
		}
		implementor.getTransactionCompletionCallbacksImplementor().beforeTransactionCompletion();
		implementor.getJdbcCoordinator().executeBatch();
		if (this.session instanceof Session stateful) {
			stateful.setHibernateFlushMode(FlushMode.MANUAL);
			// for a transaction with many of them
			stateful.clear();
		}
		TransactionSynchronizationManager.registerSynchronization(this);
	}

	/**
	 * Ends the session when what it has done is undone already.
	 */
	void undone() {
		complete(STATUS_ROLLED_BACK);
	}

	@Override
	public void afterCompletion(int status) {
		complete(status);
	}

	private void complete(int status) {
		try {
			if (status == STATUS_COMMITTED) {
				this.session.getTransaction().commit();
			}
			else {
				this.session.getTransaction().rollback();
			}
		}
		finally {
			this.session.close();
		}
	}

}
