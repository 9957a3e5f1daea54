package io.uno.routing;

import io.uno.datasource.Database;
import io.uno.dialect.ContextSetting;
import io.uno.routing.RoutingDataSource.FetchedConnection;
import org.jspecify.annotations.Nullable;

/**
 * What the running transaction has claimed, on whose behalf it acts and where it was
 * routed to. Confined to the transaction's thread.
 */
final class TransactionRoute {

	/**
	 * The transaction that is suspended around this one or around the one above it.
	 */
	@Nullable TransactionRoute suspendedBefore;

	private @Nullable DatabaseChoice choice;

	private TransactionContext context = TransactionContext.none();

	private @Nullable Route route;

	private @Nullable Borrowed lastBorrowed;

	TransactionRoute(@Nullable DatabaseChoice choice) {
		this.choice = choice;
	}

	@Nullable Database database() {
		return (this.choice != null) ? this.choice.database() : null;
	}

	@Nullable DatabaseChoice choice() {
		return this.choice;
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
			requirePermitted(this.context, requested.database());
			this.choice = requested;
		}
		else if (!database.name().equals(requested.database().name())) {
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

	void keep(DatabaseChoice chosen, Route route) {
		claim(chosen);
		this.route = route;
	}

	boolean mayWriteOn(Database other) {
		return this.route != null && this.route.access() == Access.WRITE && this.route.database().equals(other.name());
	}

	/**
	 * Take note of a connection that is to be given back at the end. A synchronization of
	 * Spring's for each would be dear: several of them are sorted at every callback.
	 */
	void borrowed(RoutedConnection owner, FetchedConnection connection) {
		this.lastBorrowed = new Borrowed(owner, connection, this.lastBorrowed);
	}

	void completed() {
		for (Borrowed borrowed = this.lastBorrowed; borrowed != null; borrowed = borrowed.before()) {
			borrowed.owner().transactionCompleted(borrowed.connection());
		}
		this.lastBorrowed = null;
	}

	private record Borrowed(RoutedConnection owner, FetchedConnection connection, @Nullable Borrowed before) {

	}

}
