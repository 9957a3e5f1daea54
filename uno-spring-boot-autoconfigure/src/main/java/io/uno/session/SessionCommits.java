package io.uno.session;

import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Watches the commits of Hibernate, which flushes as a part of them: what is lost then is
 * lost before the commit. Loaded only where Hibernate is there.
 */
final class SessionCommits {

	private SessionCommits() {
	}

	/**
	 * Has an attempt know when the session's transaction is committed.
	 */
	static void tell(TransactionAttempt attempt, Session session) {
		TransactionCompletionCallbacks callbacks = session.unwrap(SharedSessionContractImplementor.class)
			.getTransactionCompletionCallbacks();
		callbacks.registerCallback((flushed) -> attempt.committing());
		callbacks.registerCallback((successful, ended) -> {
			if (successful) {
				attempt.committed();
			}
		});
	}

	/**
	 * Has an attempt know when the running transaction is about to be committed.
	 * @return whether it is one of Hibernate's
	 */
	static boolean tellOfRunning(TransactionAttempt attempt) {
		SharedSessionContractImplementor session = running();
		if (session == null) {
			return false;
		}
		session.getTransactionCompletionCallbacks().registerCallback((flushed) -> attempt.committing());
		return true;
	}

	private static @Nullable SharedSessionContractImplementor running() {
		for (Object resource : TransactionSynchronizationManager.getResourceMap().values()) {
			if (resource instanceof EntityManagerHolder holder && holder.isSynchronizedWithTransaction()
					&& holder.getEntityManager() instanceof Session session) {
				// one that is open beyond transactions may be a proxy
				return session.unwrap(SharedSessionContractImplementor.class);
			}
		}
		return null;
	}

}
