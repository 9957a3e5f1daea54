package io.uno.routing;

import io.uno.datasource.Database;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What has been asked for around the work of one thread, and which transaction it works
 * in. It is kept for as long as the thread lives, empty most of the time: looking it up
 * once for each statement, and not what it holds one by one, nor removing it, is most of
 * what a decision costs.
 */
final class ThreadRoutes {

	/**
	 * What was asked for around the work, {@code null} for nothing.
	 */
	@Nullable RouteScope scope;

	/**
	 * The transaction that is running, as far as anything was asked for in it.
	 */
	private @Nullable TransactionRoute running;

	/**
	 * The transactions that are suspended around that one, the innermost of them.
	 */
	private @Nullable TransactionRoute suspended;

	/**
	 * The transaction that is running, {@code null} if none is or nothing has been asked
	 * for in it yet.
	 */
	@Nullable TransactionRoute running() {
		return this.running;
	}

	/**
	 * What is known of the running transaction, {@code null} when none is running.
	 */
	@Nullable TransactionRoute transaction() {
		TransactionRoute transaction = this.running;
		if (transaction != null || !TransactionSynchronizationManager.isSynchronizationActive()) {
			return transaction;
		}
		transaction = new TransactionRoute(this, (this.scope != null) ? this.scope.choice() : null,
				TransactionSynchronizationManager.isActualTransactionActive());
		TransactionSynchronizationManager.registerSynchronization(transaction);
		this.running = transaction;
		return transaction;
	}

	void suspend(TransactionRoute transaction) {
		this.running = null;
		transaction.suspendedBefore = this.suspended;
		this.suspended = transaction;
	}

	void resume(TransactionRoute transaction) {
		this.suspended = transaction.suspendedBefore;
		transaction.suspendedBefore = null;
		this.running = transaction;
	}

	void complete() {
		this.running = null;
	}

	/**
	 * Whether a transaction that is suspended around the running one may have written on
	 * a database.
	 */
	boolean isWriteSuspended(Database database) {
		for (TransactionRoute route = this.suspended; route != null; route = route.suspendedBefore) {
			if (route.mayWriteOn(database)) {
				return true;
			}
		}
		return false;
	}

}
