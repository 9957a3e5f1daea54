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

	private final CallerContexts contexts;

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

	private final boolean detached;

	ThreadRoutes(CallerContexts contexts) {
		this(contexts, null, false);
	}

	private ThreadRoutes(CallerContexts contexts, @Nullable RouteScope scope, boolean detached) {
		this.contexts = contexts;
		this.scope = scope;
		this.detached = detached;
	}

	/**
	 * What has been asked for around something that works so on any thread, in no
	 * transaction of Spring's.
	 */
	static ThreadRoutes detached(CallerContexts contexts, @Nullable RouteScope scope) {
		return new ThreadRoutes(contexts, scope, true);
	}

	CallerContexts contexts() {
		return this.contexts;
	}

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
		if (transaction != null || this.detached || !TransactionSynchronizationManager.isSynchronizationActive()) {
			return transaction;
		}
		transaction = new TransactionRoute(this, this.scope,
				TransactionSynchronizationManager.isActualTransactionActive());
		TransactionSynchronizationManager.registerSynchronization(transaction);
		this.running = transaction;
		return transaction;
	}

	/**
	 * On whose behalf the running transaction acts, or would act that begins now.
	 */
	TransactionContext context() {
		TransactionRoute transaction = transaction();
		return (transaction != null) ? transaction.context() : named().orElse(this.contexts.resolve(this.scope));
	}

	/**
	 * What templates and annotations say of that, without what resolvers do.
	 */
	TransactionContext named() {
		TransactionRoute transaction = this.running;
		if (transaction != null) {
			return transaction.named();
		}
		return (this.scope != null) ? this.scope.acting().named() : TransactionContext.none();
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
