package io.uno.routing.autoconfigure;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseClaims.ClaimedCall;
import io.uno.routing.Freshness;
import io.uno.routing.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * What annotations say of a method. Immutable.
 *
 * @param database the database that it works on, {@code null} if none is named
 * @param ofMethod whether the method itself names it, and not its class
 * @param freshness what its reads demand, {@code null} if nothing is said
 * @param acting on whose behalf it acts, without any setting if nothing is said
 */
record RouteDeclaration(@Nullable String database, boolean ofMethod, @Nullable Freshness freshness,
		TransactionContext acting) {

	static final RouteDeclaration NONE = new RouteDeclaration(null, false, null, TransactionContext.none());

	/**
	 * Runs a call as it is declared.
	 * @param joining whether it takes part in the running transaction
	 */
	@Nullable Object run(DatabaseClaims claims, boolean joining, ClaimedCall<@Nullable Object, Throwable> call) throws Throwable {
		String name = this.database;
		return (name != null)
				? claims.<@Nullable Object, Throwable>declared(name, joining, () -> runActing(claims, joining, call))
				: runActing(claims, joining, call);
	}

	private @Nullable Object runActing(DatabaseClaims claims, boolean joining,
			ClaimedCall<@Nullable Object, Throwable> call) throws Throwable {
		return runOnBehalf(claims, joining, () -> runFresh(claims, call));
	}

	/**
	 * Runs a call of which only on whose behalf it acts is not known already.
	 */
	@Nullable Object runOnBehalf(DatabaseClaims claims, boolean joining, ClaimedCall<@Nullable Object, Throwable> call)
			throws Throwable {
		return this.acting.isEmpty() ? call.run()
				: claims.<@Nullable Object, Throwable>acting(this.acting, joining, call);
	}

	/**
	 * Runs a call whose database is known already.
	 */
	@Nullable Object runFresh(DatabaseClaims claims, ClaimedCall<@Nullable Object, Throwable> call) throws Throwable {
		return (this.freshness != null) ? claims.<@Nullable Object, Throwable>fresh(this.freshness, call) : call.run();
	}

}
