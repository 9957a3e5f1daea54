package io.uno.routing;

import io.uno.datasource.Database;
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

	private final CallerContexts contexts;

	private final @Nullable RouteScope scope;

	/**
	 * On whose behalf whoever began the transaction has it act.
	 */
	private TransactionContext requested = TransactionContext.none();

	/**
	 * What resolvers say, {@code null} as long as nobody has asked.
	 */
	private @Nullable TransactionContext resolved;

	private @Nullable TransactionContext context;

	private @Nullable Route route;

	private @Nullable Borrowed lastBorrowed;

	TransactionRoute(CallerContexts contexts, @Nullable RouteScope scope) {
		this.contexts = contexts;
		this.scope = scope;
		this.choice = (scope != null) ? scope.choice() : null;
	}

	@Nullable Database database() {
		return (this.choice != null) ? this.choice.database() : null;
	}

	@Nullable DatabaseChoice choice() {
		return this.choice;
	}

	/**
	 * On whose behalf it acts.
	 * @throws RoleNotPermittedException if the role is not permitted on its database
	 */
	TransactionContext context() {
		TransactionContext known = this.context;
		if (known == null) {
			known = named().orElse(resolved());
			Database database = database();
			if (database != null) {
				known.requirePermitted(database);
			}
			this.context = known;
		}
		return known;
	}

	/**
	 * What templates and annotations say, without what resolvers do.
	 */
	TransactionContext named() {
		return (this.scope != null) ? this.requested.orElse(this.scope.acting().named()) : this.requested;
	}

	private TransactionContext resolved() {
		TransactionContext known = this.resolved;
		if (known == null) {
			known = this.contexts.resolve(this.scope);
			this.resolved = known;
		}
		return known;
	}

	ActingScope acting() {
		TransactionContext named = named();
		TransactionContext caller = resolved();
		return (named.isEmpty() && caller.isEmpty() && !this.contexts.inUse()) ? ActingScope.NOBODY
				: new ActingScope(named, caller, null);
	}

	/**
	 * Takes note of what the transaction sends, {@code null} if nobody may cancel it.
	 */
	@Nullable RunningStatements statements() {
		return (this.scope != null) ? this.scope.acting().statements() : null;
	}

	@Nullable Route route() {
		return this.route;
	}

	void claim(DatabaseChoice requested) {
		Database database = database();
		if (database == null) {
			((this.context != null) ? this.context : named()).requirePermitted(requested.database());
			this.choice = requested;
		}
		else if (!database.name().equals(requested.database().name())) {
			throw new RouteConflictException(database.name(), requested.database().name(), this.route);
		}
	}

	void act(TransactionContext requested) {
		if (!this.requested.isEmpty()) {
			context().requireSame(requested);
			return;
		}
		if (this.route != null) {
			throw new IllegalStateException(
					"The running transaction has sent statements already and can't begin to act on someone's behalf");
		}
		Database database = database();
		if (database != null) {
			requested.requirePermitted(database);
		}
		this.requested = requested;
		this.context = null;
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
