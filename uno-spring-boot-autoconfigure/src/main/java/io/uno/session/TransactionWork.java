package io.uno.session;

import org.jspecify.annotations.Nullable;

/**
 * Work with something that belongs to a transaction.
 *
 * @param <R> type of what the work is given
 * @param <T> type of the result
 * @param <X> type of what the work may throw; {@link RuntimeException} is inferred for
 * work that throws nothing checked
 * @since 0.1.0
 * @see StatelessSessionTemplate
 * @see JdbcClientTemplate
 */
@FunctionalInterface
public interface TransactionWork<R, T extends @Nullable Object, X extends Exception> {

	/**
	 * Does the work.
	 * @param resource what belongs to the transaction; to be used in this call only
	 * @return the result
	 * @throws X what the work throws; the transaction is then rolled back
	 */
	T doInTransaction(R resource) throws X;

}
