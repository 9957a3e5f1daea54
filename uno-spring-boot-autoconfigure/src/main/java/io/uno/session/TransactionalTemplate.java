package io.uno.session;

import java.time.Duration;

import io.uno.routing.Freshness;
import io.uno.routing.TransactionContext;

import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;

/**
 * How the transactions of a template are to be: what {@link SessionTemplate},
 * {@link StatelessSessionTemplate} and {@link JdbcClientTemplate} have in common.
 * <p>
 * Immutable, and so safe for use by many threads; each method returns a refined copy.
 *
 * @param <S> type of the template itself
 * @since 0.1.0
 */
public interface TransactionalTemplate<S extends TransactionalTemplate<S>> {

	/**
	 * Returns a template for another database.
	 * @param database name of the database
	 * @return a copy of this template that works on the database
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	S on(String database);

	/**
	 * Returns a template whose reads demand a freshness. What may write goes to the
	 * primary anyway.
	 * @param freshness what they demand of a replica
	 * @return a copy of this template that demands it
	 * @throws IllegalStateException if the application has no data source of uno's
	 */
	S freshness(Freshness freshness);

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
	S asRole(String role);

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
	S asTenant(Object tenant);

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
	S asUser(String user);

	/**
	 * Returns a template whose transactions act on someone's behalf. What the context
	 * does not say stays as it is.
	 * @param context role, tenant and user
	 * @return a copy of this template that acts so
	 * @throws IllegalStateException if the context says anything and the data source is
	 * not uno's, so that the server can't be told
	 */
	S as(TransactionContext context);

	/**
	 * Returns a template whose transactions are isolated from others in a certain way.
	 * Nothing of it stays on the connection. A serializable read goes to the primary.
	 * Work that asks for an isolation can't join a surrounding transaction that has not
	 * asked for the same.
	 * @param isolation the isolation, {@link Isolation#DEFAULT} for the server's own
	 * @return a copy of this template that asks for it
	 */
	S isolation(Isolation isolation);

	/**
	 * Returns a template whose transactions last no longer than some time, each attempt
	 * counted by itself. What is sent later fails, and what the server is at then is
	 * cancelled. Hibernate and JDBC tell the server in whole seconds, rounded up. Work
	 * that joins a surrounding transaction has the time of that one.
	 * @param timeout how long they may last, at least a millisecond
	 * @return a copy of this template that limits them
	 * @throws IllegalArgumentException if the timeout is less than a millisecond
	 */
	S timeout(Duration timeout);

	/**
	 * Returns a template that takes part in a surrounding transaction in a certain way:
	 * <ul>
	 * <li>{@link Propagation#REQUIRED}, as every template does unless told otherwise, has
	 * the work join it, or begins a transaction</li>
	 * <li>{@link Propagation#REQUIRES_NEW} begins a transaction in any case, over a
	 * connection of its own</li>
	 * <li>{@link Propagation#MANDATORY} has the work join it, and fails without one</li>
	 * <li>{@link Propagation#NESTED} sets a savepoint, to which it goes back when the
	 * work fails, while the surrounding transaction goes on. The work has a session of
	 * its own; what the surrounding one holds is flushed before and not touched. Without
	 * a surrounding transaction one begins.</li>
	 * <li>{@link Propagation#NEVER} begins a transaction, and fails within another
	 * one</li>
	 * </ul>
	 * @param propagation one of these
	 * @return a copy of this template that takes part so
	 * @throws IllegalArgumentException if it is another one, by which the work would run
	 * outside of any transaction
	 */
	S propagation(Propagation propagation);

	/**
	 * Returns a template whose transactions have a name, as Spring's have one: in logs,
	 * messages and for whoever observes transactions. Where the data source is uno's, it
	 * is the server's {@code application_name} too.
	 * @param name the name
	 * @return a copy of this template whose transactions are called so
	 * @throws IllegalArgumentException if the name is empty
	 */
	S named(String name);

	/**
	 * Returns a template that runs a transaction again, with a session of its own, which
	 * could not end for a reason that is not the caller's. As {@link Retry#attempts}.
	 * @param attempts how often it runs at most, the first time included
	 * @return a copy of this template that tries again
	 * @throws IllegalArgumentException if {@code attempts} is less than 1
	 */
	S retry(int attempts);

	/**
	 * Returns a template that runs a transaction again, with a session of its own, which
	 * could not end for a reason that is not the caller's. The work must so be fit for
	 * running several times. Work inside a surrounding transaction is run once, however
	 * it takes part in that.
	 * @param retry when and how often
	 * @return a copy of this template that tries again
	 * @see TransactionAttempts
	 */
	S retry(Retry retry);

	/**
	 * Returns a template that undoes what its work has done. The work runs, what it has
	 * written is sent to the server, its result is returned, and the transaction is
	 * rolled back; inside a surrounding transaction it goes back to a savepoint, as with
	 * {@link Propagation#NESTED}. Constraints that are deferred to the commit are not
	 * checked, and numbers that sequences have given out stay so.
	 * @return a copy of this template that leaves nothing behind
	 */
	S dryRun();

	/**
	 * Returns a template that runs something after its transaction has been committed:
	 * once, outside of the transaction, in the thread of the work. For work that joins a
	 * surrounding transaction that is after that one. What it throws is logged as an
	 * error and changes nothing: the transaction stands, and further hooks run.
	 * @param hook what is run
	 * @return a copy of this template that runs it too
	 */
	S afterCommit(Runnable hook);

	/**
	 * Returns a template that runs something after its transaction has been rolled back:
	 * once, after the last attempt, outside of the transaction, in the thread of the
	 * work. For work that joins a surrounding transaction that is after that one, and for
	 * a nested one after its own end or that of the surrounding one. Where the outcome of
	 * a commit is unknown no hook runs. What it throws is logged as an error and changes
	 * nothing.
	 * @param hook what is run
	 * @return a copy of this template that runs it too
	 */
	S afterRollback(Runnable hook);

}
