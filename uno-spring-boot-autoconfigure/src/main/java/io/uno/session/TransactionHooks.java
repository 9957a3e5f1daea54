package io.uno.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is to be run after a transaction. Immutable.
 *
 * @param transaction name of the transaction
 * @param afterCommit what is run after it has been committed
 * @param afterRollback what is run after it has been rolled back
 */
record TransactionHooks(String transaction, List<Runnable> afterCommit, List<Runnable> afterRollback) {

	private static final Log logger = LogFactory.getLog(TransactionHooks.class);

	void committed() {
		run(this.afterCommit, "committed");
	}

	void rolledBack() {
		run(this.afterRollback, "rolled back");
	}

	private void run(List<Runnable> hooks, String outcome) {
		for (Runnable hook : hooks) {
			try {
				hook.run();
			}
			catch (RuntimeException ex) {
				logger.error("A hook of transaction '%s' failed after it was %s, which stands"
					.formatted(this.transaction, outcome), ex);
			}
		}
	}

	/**
	 * Has them run after a transaction that the work has joined.
	 */
	TransactionSynchronization after(Session session, PlatformTransactionManager transactionManager) {
		return new Joined(this, session.unwrap(SharedSessionContractImplementor.class), transactionManager);
	}

	/**
	 * Runs hooks after the transaction of someone else.
	 */
	private static final class Joined implements TransactionSynchronization {

		private final TransactionHooks hooks;

		private final Connection connection;

		private final TransactionTemplate outside;

		private boolean committing;

		Joined(TransactionHooks hooks, SharedSessionContractImplementor session,
				PlatformTransactionManager transactionManager) {
			this.hooks = hooks;
			this.connection = session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
			this.outside = new TransactionTemplate(transactionManager,
					new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NOT_SUPPORTED));
			session.getTransactionCompletionCallbacks().registerCallback((flushed) -> this.committing = true);
		}

		/**
		 * What is bound to the thread is still that of the transaction, which a hook
		 * could otherwise join although it has ended.
		 */
		@Override
		public void afterCompletion(int status) {
			if (status == STATUS_COMMITTED) {
				this.outside.executeWithoutResult((none) -> this.hooks.committed());
			}
			else if (status == STATUS_ROLLED_BACK && !isUnknown()) {
				this.outside.executeWithoutResult((none) -> this.hooks.rolledBack());
			}
		}

		/**
		 * Spring takes each failure of JPA's commit for a rollback.
		 */
		private boolean isUnknown() {
			try {
				return this.committing && this.connection.isClosed();
			}
			catch (SQLException ex) {
				logger.debug("Failed to ask whether the connection of a failed commit is closed", ex);
				return true;
			}
		}

	}

}
