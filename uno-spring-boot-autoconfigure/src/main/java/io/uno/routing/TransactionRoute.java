package io.uno.routing;

import io.uno.datasource.Database;
import io.uno.dialect.ContextSetting;
import org.jspecify.annotations.Nullable;

/**
 * What the running transaction has claimed, on whose behalf it acts and where it was
 * routed to. Confined to the transaction's thread.
 */
final class TransactionRoute {

	private @Nullable Database database;

	private TransactionContext context = TransactionContext.none();

	private @Nullable Route route;

	@Nullable Database database() {
		return this.database;
	}

	TransactionContext context() {
		return this.context;
	}

	@Nullable Route route() {
		return this.route;
	}

	void claim(Database requested) {
		if (this.database != null && !this.database.name().equals(requested.name())) {
			throw new RouteConflictException(this.database.name(), requested.name(), this.route);
		}
		requirePermitted(this.context, requested);
		this.database = requested;
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
		if (this.database != null) {
			requirePermitted(requested, this.database);
		}
		this.context = requested;
	}

	private static void requirePermitted(TransactionContext context, Database database) {
		String role = context.get(ContextSetting.ROLE);
		if (role != null && !database.roles().contains(role)) {
			throw new RoleNotPermittedException(role, database);
		}
	}

	void keep(Database chosen, Route route) {
		claim(chosen);
		this.route = route;
	}

}
