package io.uno.session;

import java.util.Locale;

import io.uno.dialect.ContextSetting;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.TransactionContext;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionStatus;

/**
 * What a template asks of its transactions: the database that they work on, and on whose
 * behalf they act. Immutable.
 *
 * @param claims where it is claimed; {@code null} when nothing is routed
 * @param database name of the database; {@code null} for the one of the transaction
 * @param context role, tenant and user
 */
record TransactionClaim(@Nullable DatabaseClaims claims, @Nullable String database, TransactionContext context) {

	static TransactionClaim none(@Nullable DatabaseClaims claims) {
		return new TransactionClaim(claims, null, TransactionContext.none());
	}

	TransactionClaim on(String name) {
		if (this.claims == null) {
			throw new IllegalStateException(
					"No database is called '%s': the application has one data source; leave out on(...), or declare databases by 'uno.databases.%s.url'"
						.formatted(name, name));
		}
		return new TransactionClaim(this.claims, this.claims.require(name), this.context);
	}

	TransactionClaim as(ContextSetting setting, String value) {
		if (this.claims == null) {
			throw new IllegalStateException(
					"No transaction can act with the %s '%s': the data source is not uno's; declare what transactions may act as ('uno.roles'), or a database ('uno.databases.<name>.url')"
						.formatted(setting.name().toLowerCase(Locale.ROOT), value));
		}
		return new TransactionClaim(this.claims, this.database, this.context.with(setting, value));
	}

	/**
	 * To be called in the transaction, before its work.
	 */
	void claim(TransactionStatus transaction) {
		if (this.claims == null) {
			return;
		}
		if (this.database != null) {
			this.claims.claim(this.database);
		}
		if (transaction.isNewTransaction() && !this.context.isEmpty()) {
			this.claims.act(this.context);
		}
		else {
			this.claims.join(this.context);
		}
	}

}
