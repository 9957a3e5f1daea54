package io.uno.routing.autoconfigure;

import java.util.ArrayList;
import java.util.List;

/**
 * A user that the application connects as, whom row security would not hold back.
 *
 * @param database name of the database
 * @param login name of the user
 * @param superuser whether it is a superuser
 * @param bypassing whether it has {@code BYPASSRLS}
 * @param tables tables that it owns and whose row security spares their owner
 */
record UnheldLogin(String database, String login, boolean superuser, boolean bypassing, List<String> tables) {

	boolean isHeld() {
		return !this.superuser && !this.bypassing && this.tables.isEmpty();
	}

	String describe() {
		String subject = "Database '%s': '%s', as which the application connects, ".formatted(this.database,
				this.login);
		if (this.superuser) {
			return subject + "is a superuser, whom row security does not hold back";
		}
		if (this.bypassing) {
			return subject + "has BYPASSRLS, and row security does not hold it back";
		}
		return subject
				+ "owns %s, whose row security does not hold for the owner".formatted(String.join(", ", this.tables));
	}

	List<String> actions() {
		List<String> actions = new ArrayList<>();
		if (this.superuser || this.bypassing) {
			actions.add(
					"Connect to database '%s' as an ordinary role; keep '%s' for migrations, which have a user of their own (Flyway's 'user')."
						.formatted(this.database, this.login));
		}
		if (this.bypassing && !this.superuser) {
			actions.add("Or take the attribute from it: alter role \"%s\" nobypassrls.".formatted(this.login));
		}
		this.tables.forEach((table) -> actions
			.add("Have it hold for the owner too, in a migration: alter table %s force row level security."
				.formatted(table)));
		return actions;
	}

}
