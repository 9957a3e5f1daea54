package io.uno.routing;

import io.uno.datasource.Database;
import io.uno.dialect.ContextSetting;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * What the running transaction has claimed, on whose behalf it acts and where it was
 * routed to. It is kept out of transactions that suspend it, and ends with it. Confined
 * to the transaction's thread.
 */
final class TransactionRoute implements TransactionSynchronization {

	private final ThreadRoutes thread;

	private final boolean actual;

	/**
	 * The transaction that is suspended around this one or around the one above it.
	 */
	@Nullable TransactionRoute suspendedBefore;

	private @Nullable DatabaseChoice choice;

	private TransactionContext context = TransactionContext.none();

	private @Nullable Route route;

	private @Nullable FetchedConnection lastBorrowed;

	TransactionRoute(ThreadRoutes thread, @Nullable DatabaseChoice choice, boolean actual) {
		this.thread = thread;
		this.actual = actual;
		this.choice = choice;
	}

	@Nullable Database database() {
		return (this.choice != null) ? this.choice.database() : null;
	}

	@Nullable DatabaseChoice choice() {
		return this.choice;
	}

	/**
	 * Whether the server has a transaction as well, and not only Spring.
	 */
	boolean isActual() {
		return this.actual;
	}

	TransactionContext context() {
		return this.context;
	}

	@Nullable Route route() {
		return this.route;
	}

	void claim(DatabaseChoice requested) {
		Database database = database();
		if (database == null) {
			if (!this.context.isEmpty()) {
				requirePermitted(this.context, requested.database());
			}
			this.choice = requested;
		}
		else if (database != requested.database() && !database.name().equals(requested.database().name())) {
			throw new RouteConflictException(database.name(), requested.database().name(), this.route);
		}
	}

	void act(TransactionContext requested) {
		if (!this.context.isEmpty()) {
			this.context.requireSame(requested);
			return;
		}
		if (this.route != null) {
			throw new IllegalStateException(
					"The running transaction has sent statements already and can't begin to act on someone's behalf");
		}
		Database database = database();
		if (database != null) {
			requirePermitted(requested, database);
		}
		this.context = requested;
	}

	private static void requirePermitted(TransactionContext context, Database database) {
		String role = context.get(ContextSetting.ROLE);
		if (role != null && !database.roles().contains(role)) {
			throw new RoleNotPermittedException(role, database);
		}
	}

	void keep(Route chosen) {
		this.route = chosen;
	}

	boolean mayWriteOn(Database other) {
		return this.route != null && this.route.access() == Access.WRITE && this.route.database().equals(other.name());
	}

	/**
	 * Take note of a connection that is to be given back at the end. A synchronization of
	 * Spring's for each would be dear: several of them are sorted at every callback.
	 */
	void borrowed(RoutedConnection borrower, FetchedConnection connection) {
		connection.borrower = borrower;
		connection.borrowedBefore = this.lastBorrowed;
		this.lastBorrowed = connection;
	}

	private void giveBackBorrowed() {
		FetchedConnection borrowed = this.lastBorrowed;
		this.lastBorrowed = null;
		while (borrowed != null) {
			FetchedConnection before = borrowed.borrowedBefore;
			RoutedConnection borrower = borrowed.borrower;
			if (borrower != null) {
				borrower.transactionCompleted(borrowed);
			}
			borrowed = before;
		}
	}

	@Override
	public void suspend() {
		this.thread.suspend(this);
	}

	@Override
	public void resume() {
		this.thread.resume(this);
	}

	/**
	 * Spring's own holder synchronization lets go before the commit, when a flush may
	 * still send the first statement.
	 */
	@Override
	public void afterCompletion(int status) {
		this.thread.complete();
		giveBackBorrowed();
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Spring keeps synchronizations in a set, and an object's own hash is slow to come by
	 * for the first time.
	 */
	@Override
	public int hashCode() {
		return TransactionRoute.class.hashCode();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

}
