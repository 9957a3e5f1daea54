package io.uno.session;

import java.util.concurrent.CompletableFuture;

import io.uno.routing.Freshness;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a Hibernate session and a transaction on a thread of its own: a virtual
 * one where the JVM has them (Java 21 and later), else one of a pool.
 *
 * <pre class="code">
 * CompletableFuture&lt;City&gt; city = sessions.async().read((session) -&gt; session.find(City.class, id));
 * </pre>
 *
 * The work never joins the transaction of whoever starts it, but acts on the same behalf,
 * as far as this template does not say otherwise. What it throws, checked or not, is what
 * the future fails with. As many calls are at work on a database as its pool has
 * connections, the rest waits. A future that is cancelled, unless by
 * {@code cancel(false)}, or that is over time cancels the statement in the database. When
 * the application stops, it waits for work in flight as long as
 * {@code spring.lifecycle.timeout-per-shutdown-phase} says.
 * <p>
 * Immutable, and so safe for use by many threads; each refining method returns a copy.
 *
 * @since 0.1.0
 * @see SessionTemplate#async()
 */
public interface AsyncSessionTemplate {

	/**
	 * Returns a template for another database.
	 * @param database name of the database
	 * @return a copy of this template that works on the database
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 * @see SessionTemplate#on
	 */
	AsyncSessionTemplate on(String database);

	/**
	 * Returns a template whose reads demand a freshness. What may write goes to the
	 * primary anyway.
	 * @param freshness what they demand of a replica
	 * @return a copy of this template that demands it
	 * @throws IllegalStateException if the application has no data source of uno's
	 */
	AsyncSessionTemplate freshness(Freshness freshness);

	/**
	 * Returns a template whose transactions act as a database role.
	 * @param role name of the role
	 * @return a copy of this template that acts as the role
	 * @see SessionTemplate#asRole
	 */
	AsyncSessionTemplate asRole(String role);

	/**
	 * Returns a template whose transactions act on behalf of a tenant.
	 * @param tenant the tenant, told to the server by its {@code toString()}
	 * @return a copy of this template that acts for the tenant
	 * @see SessionTemplate#asTenant
	 */
	AsyncSessionTemplate asTenant(Object tenant);

	/**
	 * Returns a template whose transactions act on behalf of a user.
	 * @param user name of the user
	 * @return a copy of this template that acts for the user
	 * @see SessionTemplate#asUser
	 */
	AsyncSessionTemplate asUser(String user);

	/**
	 * Returns a template that runs a transaction again which the server has undone
	 * because of others.
	 * @param attempts how often it runs at most, the first time included
	 * @return a copy of this template that tries again
	 * @see SessionTemplate#retry
	 */
	AsyncSessionTemplate retry(int attempts);

	/**
	 * Runs work in a read-only transaction, which a replica may answer.
	 * @param <T> type of the result
	 * @param work the work
	 * @return what the work returns or throws
	 * @throws java.util.concurrent.RejectedExecutionException if too many calls wait
	 * already, or the application is stopping
	 */
	<T extends @Nullable Object> CompletableFuture<T> read(SessionCallback<T, ? extends Exception> work);

	/**
	 * Runs work without a result in a read-only transaction.
	 * @param work the work
	 * @return fails with what the work throws
	 * @see #read
	 */
	CompletableFuture<@Nullable Void> readWithoutResult(SessionAction<? extends Exception> work);

	/**
	 * Runs work in a transaction on the primary.
	 * @param <T> type of the result
	 * @param work the work
	 * @return what the work returns or throws
	 * @throws java.util.concurrent.RejectedExecutionException if too many calls wait
	 * already, or the application is stopping
	 */
	<T extends @Nullable Object> CompletableFuture<T> write(SessionCallback<T, ? extends Exception> work);

	/**
	 * Runs work without a result in a transaction on the primary.
	 * @param work the work
	 * @return fails with what the work throws
	 * @see #write
	 */
	CompletableFuture<@Nullable Void> writeWithoutResult(SessionAction<? extends Exception> work);

}
