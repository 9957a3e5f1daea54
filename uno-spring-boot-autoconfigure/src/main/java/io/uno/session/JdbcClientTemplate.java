package io.uno.session;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs plain SQL by a {@link JdbcClient} in a transaction, with all that
 * {@link SessionTemplate} does about transactions. What the session of a transaction that
 * is joined holds is flushed before, and does not learn of what the work changes.
 *
 * <pre class="code">
 * int rows = sessions.jdbc().read((jdbc) -&gt; jdbc.sql("select count(*) from city").query(Integer.class).single());
 * </pre>
 *
 * Immutable, and so safe for use by many threads; each refining method returns a copy.
 *
 * @since 0.1.0
 * @see SessionTemplate#jdbc()
 */
public interface JdbcClientTemplate extends TransactionalTemplate<JdbcClientTemplate> {

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
	<T extends @Nullable Object, X extends Exception> T read(TransactionWork<JdbcClient, T, X> work) throws X;

	/**
	 * Runs work without a result in a read-only transaction.
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @see #read
	 */
	<X extends Exception> void readWithoutResult(TransactionAction<JdbcClient, X> work) throws X;

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
	 * @throws io.uno.error.CommitOutcomeUnknownException if the connection was lost
	 * during the commit
	 */
	<T extends @Nullable Object, X extends Exception> T write(TransactionWork<JdbcClient, T, X> work) throws X;

	/**
	 * Runs work without a result in a transaction on the primary.
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @see #write
	 */
	<X extends Exception> void writeWithoutResult(TransactionAction<JdbcClient, X> work) throws X;

}
