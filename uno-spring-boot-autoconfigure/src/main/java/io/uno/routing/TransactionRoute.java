package io.uno.routing;

import org.jspecify.annotations.Nullable;

/**
 * What the running transaction has claimed and where it was routed to. Confined to the
 * transaction's thread.
 */
final class TransactionRoute {

	private @Nullable String database;

	private @Nullable Route route;

	@Nullable String database() {
		return this.database;
	}

	@Nullable Route route() {
		return this.route;
	}

	void claim(String requested) {
		if (this.database != null && !this.database.equals(requested)) {
			throw new DatabaseSwitchException(this.database, requested);
		}
		this.database = requested;
	}

	void keep(Route chosen) {
		claim(chosen.database());
		this.route = chosen;
	}

}
