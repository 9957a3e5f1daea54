package io.uno.session;

/**
 * Work with something that belongs to a transaction, without a result.
 *
 * @param <R> type of what the work is given
 * @param <X> type of what the work may throw; {@link RuntimeException} is inferred for
 * work that throws nothing checked
 * @since 0.1.0
 * @see StatelessSessionTemplate
 * @see JdbcClientTemplate
 */
@FunctionalInterface
public interface TransactionAction<R, X extends Exception> {

	/**
	 * Does the work.
	 * @param resource what belongs to the transaction; to be used in this call only
	 * @throws X what the work throws; the transaction is then rolled back
	 */
	void doInTransaction(R resource) throws X;

}
