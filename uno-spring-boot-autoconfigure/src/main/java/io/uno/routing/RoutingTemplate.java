package io.uno.routing;

import java.util.Optional;

import io.uno.datasource.Position;
import io.uno.routing.DatabaseClaims.ClaimedCall;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;

/**
 * Runs work on a database, with a freshness, for a scope, or on someone's behalf. What is
 * nested inside takes it over unless it says otherwise; it ends with the call, however
 * that ends. Immutable and safe for use by many threads; each method but {@link #run},
 * {@link #call} and {@link #position()} returns a refined copy.
 *
 * <pre class="code">
 * routing.on("journal").run(() -&gt; journal.log("imported"));
 *
 * Position written = routing.scope(PositionScope.of("job", "import")).call(() -&gt; {
 *     imports.run();
 *     return routing.position().orElseThrow();
 * });
 * routing.after(written).run(reports::refresh);
 * </pre>
 *
 * @since 0.1.0
 */
public final class RoutingTemplate {

	private final DatabaseClaims claims;

	private final Refinement refinement;

	/**
	 * Creates a template that changes nothing yet.
	 * @param claims tells which database a thread works on
	 */
	public RoutingTemplate(DatabaseClaims claims) {
		this(claims, (scope) -> scope);
	}

	private RoutingTemplate(DatabaseClaims claims, Refinement refinement) {
		this.claims = claims;
		this.refinement = refinement;
	}

	private RoutingTemplate with(Refinement further) {
		return new RoutingTemplate(this.claims, (scope) -> further.apply(this.refinement.apply(scope)));
	}

	/**
	 * Has the work use a database. That wins over annotations, entities and rules. Inside
	 * a transaction it claims the database for it.
	 * @param database name of the database
	 * @return a refined copy
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	public RoutingTemplate on(String database) {
		DatabaseChoice choice = this.claims.choice(database, DatabaseReason.SCOPE);
		return with((scope) -> scope.with(choice));
	}

	/**
	 * Has reads demand a freshness.
	 * @param freshness what they demand
	 * @return a refined copy
	 */
	public RoutingTemplate freshness(Freshness freshness) {
		return with((scope) -> scope.with(freshness));
	}

	/**
	 * Has the work be somebody's: reads see what that scope has written before, on any
	 * thread and, with a {@link PositionStore} of its own, on any instance.
	 * @param positions whose it is
	 * @return a refined copy
	 */
	public RoutingTemplate scope(PositionScope positions) {
		return with((scope) -> scope.with(positions, this.claims.positions().lastReplicasOf(positions)));
	}

	/**
	 * Has the positions of the caller be carried by something, such as a web request. All
	 * work of one such template stays with the replica that it has read from, and that of
	 * a known {@link PositionCarrier#caller() caller} beyond it.
	 * @param carrier what carries them
	 * @return a refined copy
	 */
	public RoutingTemplate carriedBy(PositionCarrier carrier) {
		LastReplicas own = new LastReplicas();
		return with((scope) -> scope.with(carrier, lastReplicasOf(carrier.caller(), own)));
	}

	private LastReplicas lastReplicasOf(@Nullable PositionScope caller, LastReplicas unknown) {
		return (caller != null) ? this.claims.positions().lastReplicasOf(caller) : unknown;
	}

	/**
	 * Has the transactions of the work act on someone's behalf.
	 * @param context role, tenant, user and request
	 * @return a refined copy
	 * @see ActingAs
	 */
	public RoutingTemplate acting(TransactionContext context) {
		return with((scope) -> scope.with(scope.acting().as(context)));
	}

	/**
	 * Has reads see what had been written up to a position, which a message may have
	 * brought.
	 * @param position the position
	 * @return a refined copy
	 * @throws io.uno.datasource.UnknownDatabaseException if it is of an unknown database
	 */
	public RoutingTemplate after(Position position) {
		this.claims.require(position.database());
		return with((scope) -> scope.after(position));
	}

	/**
	 * Has connections to a primary that can't be had be asked for again, as often and at
	 * such intervals as a policy says, before that fails the work. A replica is not asked
	 * again, as there are others; nor is a statement sent again.
	 * @param policy after which failures, how often and when; its time is counted for
	 * each connection by itself
	 * @return a refined copy
	 */
	public RoutingTemplate connecting(RetryPolicy policy) {
		return with((scope) -> scope.with(policy));
	}

	/**
	 * Runs work.
	 * @param <X> type of what it may throw
	 * @param work the work
	 * @throws X what the work throws
	 * @throws RouteConflictException if the running transaction works on another database
	 * @throws ContextSwitchException if it acts on another's behalf
	 */
	public <X extends Throwable> void run(RoutedWork<X> work) throws X {
		this.<@Nullable Void, X>call(() -> {
			work.run();
			return null;
		});
	}

	/**
	 * Calls work that has a result.
	 * @param <T> type of the result
	 * @param <X> type of what it may throw
	 * @param work the work
	 * @return its result
	 * @throws X what the work throws
	 * @throws RouteConflictException if the running transaction works on another database
	 * @throws ContextSwitchException if it acts on another's behalf
	 */
	public <T extends @Nullable Object, X extends Throwable> T call(ClaimedCall<T, X> work) throws X {
		return this.claims.within(this.refinement, work);
	}

	/**
	 * Tells up to where the caller has written on the database that this template, or
	 * what is around it, works on. To be put into a message, and given to
	 * {@link #after(Position)} by whoever receives it.
	 * @return the position; empty if the caller has not written, or every replica has
	 * that already
	 */
	public Optional<Position> position() {
		return this.claims.within(this.refinement, this.claims::currentPosition);
	}

	/**
	 * Work without a result.
	 *
	 * @param <X> type of what it may throw
	 */
	@FunctionalInterface
	public interface RoutedWork<X extends Throwable> {

		/**
		 * Does the work.
		 * @throws X what it throws
		 */
		void run() throws X;

	}

	/**
	 * Changes what is asked for around work.
	 */
	@FunctionalInterface
	interface Refinement {

		RouteScope apply(RouteScope scope);

	}

}
