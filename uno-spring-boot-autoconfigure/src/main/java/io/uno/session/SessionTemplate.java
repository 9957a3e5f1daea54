package io.uno.session;

import io.uno.routing.DatabaseClaims;
import jakarta.persistence.EntityManagerFactory;
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
	 * @return the template
	 */
	static SessionTemplate create(EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, @Nullable DatabaseClaims claims) {
		return new DefaultSessionTemplate(entityManagerFactory, transactionManager, claims, null);
	}

	/**
	 * Returns a template for another database.
	 * @param database name of the database
	 * @return a copy of this template that works on the database
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	SessionTemplate on(String database);

	/**
	 * Runs work in a read-only transaction, which a replica may answer. Inside a
	 * surrounding transaction it sees what that one has written.
	 * @param <T> type of the result
	 * @param <X> type of what the work may throw
	 * @param work the work
	 * @return what the work returns
	 * @throws X what the work throws, after the transaction has been rolled back
	 * @throws io.uno.routing.DatabaseSwitchException if a surrounding transaction works
	 * on another database
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
	 * @throws org.springframework.transaction.IllegalTransactionStateException if a
	 * surrounding transaction is read-only
	 * @throws io.uno.routing.DatabaseSwitchException if a surrounding transaction works
	 * on another database
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
