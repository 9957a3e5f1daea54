package io.uno.session;

import org.hibernate.Session;

/**
 * Work in a Hibernate session that has no result.
 *
 * @param <X> type of what the work may throw; {@link RuntimeException} is inferred for
 * work that throws nothing checked
 * @since 0.1.0
 * @see SessionTemplate
 */
@FunctionalInterface
public interface SessionAction<X extends Exception> {

	/**
	 * Does the work.
	 * @param session the session of the transaction; to be used in this call only
	 * @throws X what the work throws; the transaction is then rolled back
	 */
	void doInSession(Session session) throws X;

}
