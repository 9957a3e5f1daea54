package io.uno.session;

import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a Hibernate {@link StatelessSession} and a transaction, with all that
 * {@link SessionTemplate} does about transactions. The session works on the connection of
 * the transaction, also of one that is joined; what its session holds is flushed before,
 * and does not learn of what the work changes. What the work leaves in a batch is sent
 * before the transaction ends.
 *
 * <pre class="code">
 * sessions.stateless().writeWithoutResult((session) -&gt; session.insertMultiple(visits));
 * </pre>
 *
 * Immutable, and so safe for use by many threads; each refining method returns a copy.
 *
 * @since 0.1.0
 * @see SessionTemplate#stateless()
 */
public interface StatelessSessionTemplate extends TransactionalTemplate<StatelessSessionTemplate> {

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
	<T extends @Nullable Object, X extends Exception> T read(TransactionWork<StatelessSession, T, X> work) throws X;

	/**
	 * Runs work without a result in a read-only transaction.
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @see #read
	 */
	<X extends Exception> void readWithoutResult(TransactionAction<StatelessSession, X> work) throws X;

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
	<T extends @Nullable Object, X extends Exception> T write(TransactionWork<StatelessSession, T, X> work) throws X;

	/**
	 * Runs work without a result in a transaction on the primary.
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @see #write
	 */
	<X extends Exception> void writeWithoutResult(TransactionAction<StatelessSession, X> work) throws X;

}
