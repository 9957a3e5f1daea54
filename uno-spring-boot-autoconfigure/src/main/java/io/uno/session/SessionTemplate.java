package io.uno.session;

import java.util.concurrent.Executor;

import io.uno.routing.DatabaseClaims;
import jakarta.persistence.EntityManagerFactory;
import io.uno.routing.Freshness;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * Runs work in a Hibernate session and a transaction: commits when the work returns,
 * rolls back whatever it throws, checked exceptions among it, and gives the connection
 * back in every case. Work inside a surrounding transaction joins it and its session.
 *
 * <pre class="code">
 * City city = sessions.read((session) -&gt; session.find(City.class, id));
 *
 * sessions.on("journal").writeWithoutResult((session) -&gt; session.persist(new ImportRun()));
 *
 * long changed = sessions.on("atlas").asRole("auditor").asTenant(7).retry(3)
 *     .write((session) -&gt; session.createMutationQuery("delete from Visit").executeUpdate());
 * </pre>
 *
 * Immutable, and so safe for use by many threads; each refining method returns a copy.
 *
 * @since 0.1.0
 */
public interface SessionTemplate {

	/**
	 * Creates a template for the default database.
	 * @param entityManagerFactory Hibernate's session factory
	 * @param transactionManager the transaction manager of that factory
	 * @param claims tells the databases apart; {@code null} when there is only one
	 * @param executor runs the work of {@link #async()}
	 * @return the template
	 */
	static SessionTemplate create(EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, @Nullable DatabaseClaims claims, Executor executor) {
		return new DefaultSessionTemplate(entityManagerFactory, transactionManager, executor,
				TransactionClaim.none(claims));
	}

	/**
	 * Returns a template for another database.
	 * @param database name of the database
	 * @return a copy of this template that works on the database
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	SessionTemplate on(String database);

	/**
	 * Returns a template whose reads demand a freshness. What may write goes to the
	 * primary anyway.
	 * @param freshness what they demand of a replica
	 * @return a copy of this template that demands it
	 * @throws IllegalStateException if the application has no data source of uno's
	 */
	SessionTemplate freshness(Freshness freshness);

	/**
	 * Returns a template whose transactions act as a database role: they have its
	 * privileges and not those of the user that the application connects as. What the
	 * server is told of role, tenant and user it forgets when the transaction ends. Work
	 * that joins a surrounding transaction has that one's role and can't take another.
	 * @param role name of the role, one of {@code uno.roles} or of
	 * {@code uno.databases.<name>.roles}
	 * @return a copy of this template that acts as the role
	 * @throws IllegalStateException if the data source is not uno's, so that the server
	 * can't be told
	 */
	SessionTemplate asRole(String role);

	/**
	 * Returns a template whose transactions act on behalf of a tenant, which policies and
	 * triggers read by {@code current_setting('uno.tenant', true)}. Work that joins a
	 * surrounding transaction has that one's tenant and can't take another.
	 * @param tenant the tenant, told to the server by its {@code toString()}
	 * @return a copy of this template that acts for the tenant
	 * @throws IllegalArgumentException if the tenant's text is empty
	 * @throws IllegalStateException if the data source is not uno's, so that the server
	 * can't be told
	 */
	SessionTemplate asTenant(Object tenant);

	/**
	 * Returns a template whose transactions act on behalf of a user, whom policies and
	 * triggers read by {@code current_setting('uno.user', true)}. Work that joins a
	 * surrounding transaction has that one's user and can't take another.
	 * @param user name of the user, who need not be one of the database
	 * @return a copy of this template that acts for the user
	 * @throws IllegalArgumentException if the name is empty
	 * @throws IllegalStateException if the data source is not uno's, so that the server
	 * can't be told
	 */
	SessionTemplate asUser(String user);

	/**
	 * Returns a template that runs a transaction again, with a session of its own, which
	 * the server has undone because of others: one that can't be serialized (SQLSTATE
	 * 40001) or was the victim of a deadlock (40P01). The work must so be fit for running
	 * several times. It waits for a random time before each retry, at most 20 ms before
	 * the first, twice as long before each further one, and never more than 1 s. What
	 * fails for another reason is not tried again, nor is work that joins a surrounding
	 * transaction. The exception of the last attempt has those of the earlier ones as
	 * {@linkplain Throwable#getSuppressed() suppressed}.
	 * @param attempts how often it runs at most, the first time included
	 * @return a copy of this template that tries again
	 * @throws IllegalArgumentException if {@code attempts} is less than 1
	 */
	SessionTemplate retry(int attempts);

	/**
	 * Returns a template that does the same on a thread of its own.
	 * @return a template with the settings of this one
	 */
	AsyncSessionTemplate async();

	/**
	 * Runs work in a read-only transaction, which a replica may answer. Inside a
	 * surrounding transaction it sees what that one has written.
	 * @param <T> type of the result
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @return what the work returns
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @throws io.uno.routing.RouteConflictException if a surrounding transaction works on
	 * another database
	 * @throws io.uno.routing.ContextSwitchException if a surrounding transaction acts on
	 * another's behalf
	 * @throws io.uno.routing.RoleNotPermittedException if the role is not permitted on
	 * the database
	 */
	<T extends @Nullable Object, X extends Exception> T read(SessionCallback<T, X> work) throws X;

	/**
	 * Runs work without a result in a read-only transaction.
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @see #read
	 */
	<X extends Exception> void readWithoutResult(SessionAction<X> work) throws X;

	/**
	 * Runs work in a transaction on the primary.
	 * @param <T> type of the result
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @return what the work returns
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @throws io.uno.routing.ReadOnlyRouteException if a surrounding transaction is
	 * read-only
	 * @throws io.uno.routing.RouteConflictException if a surrounding transaction works on
	 * another database
	 * @throws io.uno.routing.ContextSwitchException if a surrounding transaction acts on
	 * another's behalf
	 * @throws io.uno.routing.RoleNotPermittedException if the role is not permitted on
	 * the database
	 */
	<T extends @Nullable Object, X extends Exception> T write(SessionCallback<T, X> work) throws X;

	/**
	 * Runs work without a result in a transaction on the primary.
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @see #write
	 */
	<X extends Exception> void writeWithoutResult(SessionAction<X> work) throws X;

}
