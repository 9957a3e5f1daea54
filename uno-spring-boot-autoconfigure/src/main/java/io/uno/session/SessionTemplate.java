package io.uno.session;

import io.uno.routing.DatabaseClaims;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryListener;
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
public interface SessionTemplate extends TransactionalTemplate<SessionTemplate> {

	/**
	 * Creates a template for the default database.
	 * @param entityManagerFactory Hibernate's session factory
	 * @param transactionManager the transaction manager of that factory
	 * @param claims tells the databases apart; {@code null} when there is only one
	 * @param executor runs the work of {@link #async()}
	 * @return the template
	 */
	static SessionTemplate create(EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, @Nullable DatabaseClaims claims, SessionExecutor executor) {
		return create(entityManagerFactory, transactionManager, claims, executor, new RetryListener() {
		});
	}

	/**
	 * Creates a template for the default database.
	 * @param entityManagerFactory Hibernate's session factory
	 * @param transactionManager the transaction manager of that factory
	 * @param claims tells the databases apart; {@code null} when there is only one
	 * @param executor runs the work of {@link #async()}
	 * @param retries is told of transactions that are tried again
	 * @return the template
	 */
	static SessionTemplate create(EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, @Nullable DatabaseClaims claims, SessionExecutor executor,
			RetryListener retries) {
		return new DefaultSessionTemplate(
				new TransactionResources(entityManagerFactory, transactionManager, executor, retries),
				TransactionSettings.none(TransactionClaim.none(claims)));
	}

	/**
	 * Returns a template for work in a stateless session.
	 * @return a template with the settings of this one
	 */
	StatelessSessionTemplate stateless();

	/**
	 * Returns a template for plain SQL.
	 * @return a template with the settings of this one
	 * @throws IllegalStateException if the data source of the sessions is not known
	 */
	JdbcClientTemplate jdbc();

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
	 * @throws io.uno.error.CommitOutcomeUnknownException if the connection was lost
	 * during the commit
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
