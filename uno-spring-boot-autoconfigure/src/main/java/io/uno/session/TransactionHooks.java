package io.uno.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

import org.springframework.core.Ordered;
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
	List<TransactionSynchronization> after(Session session, PlatformTransactionManager transactionManager) {
		CommitOutcome outcome = new CommitOutcome(session.unwrap(SharedSessionContractImplementor.class));
		return List.of(outcome, new Joined(this, outcome, transactionManager));
	}

	/**
	 * Finds out whether the outcome of a commit is unknown, before the connection is
	 * given back that tells it.
	 */
	private static final class CommitOutcome implements TransactionSynchronization {

		private final Connection connection;

		private boolean committing;

		private boolean unknown;

		CommitOutcome(SharedSessionContractImplementor session) {
			this.connection = session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
			session.getTransactionCompletionCallbacks().registerCallback((flushed) -> this.committing = true);
		}

		boolean isUnknown() {
			return this.unknown;
		}

		/**
		 * Spring takes each failure of JPA's commit for a rollback.
		 */
		@Override
		public void afterCompletion(int status) {
			try {
				this.unknown = status != STATUS_COMMITTED && this.committing && this.connection.isClosed();
			}
			catch (SQLException ex) {
				logger.debug("Failed to ask whether the connection of a failed commit is closed", ex);
				this.unknown = true;
			}
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE - 1;
		}

	}

	/**
	 * Runs hooks after the transaction of someone else.
	 */
	private static final class Joined implements TransactionSynchronization {

		private final TransactionHooks hooks;

		private final CommitOutcome outcome;

		private final TransactionTemplate outside;

		Joined(TransactionHooks hooks, CommitOutcome outcome, PlatformTransactionManager transactionManager) {
			this.hooks = hooks;
			this.outcome = outcome;
			this.outside = new TransactionTemplate(transactionManager,
					new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NOT_SUPPORTED));
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
			else if (status == STATUS_ROLLED_BACK && !this.outcome.isUnknown()) {
				this.outside.executeWithoutResult((none) -> this.hooks.rolledBack());
			}
		}

	}

}
