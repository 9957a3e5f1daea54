package io.uno.session;

import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Work in a Hibernate session.
 *
 * @param <T> type of the result
 * @param <X> type of what the work may throw; {@link RuntimeException} is inferred for
 * work that throws nothing checked
 * @since 0.1.0
 * @see SessionTemplate
 */
@FunctionalInterface
public interface SessionCallback<T extends @Nullable Object, X extends Exception> {

	/**
	 * Does the work.
	 * @param session the session of the transaction; to be used in this call only
	 * @return the result, detached once the transaction has ended
	 * @throws X what the work throws; the transaction is then rolled back
	 */
	T doInSession(Session session) throws X;

}
