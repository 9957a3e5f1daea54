package io.uno.datasource;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Prepares each new connection to a server, before anybody gets it. Every bean of this
 * type is asked in its order, by all of HikariCP's pools in the application, once for
 * each connection that a pool opens and not when one is lent again.
 *
 * <pre class="code">
 * &#064;Bean
 * ConnectionInitializer spelling() {
 *     return (connection, pool) -&gt; {
 *         try (Statement statement = connection.createStatement()) {
 *             statement.execute("set pg_trgm.similarity_threshold = 0.5");
 *         }
 *     };
 * }
 * </pre>
 *
 * What is set here stays for the life of the connection. The connections by which
 * replicas are watched are not in a pool, and not prepared. A bean of this type must not
 * need a data source itself. Has to be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ConnectionInitializer {

	/**
	 * Prepares a connection. Whatever is thrown fails it: it is closed, and the pool
	 * opens another one, as when the server had refused it.
	 * @param connection the connection, in autocommit mode, not to be closed
	 * @param pool name of the pool, such as {@code atlas.main}
	 * @throws SQLException if the connection can't be used
	 */
	void initialize(Connection connection, String pool) throws SQLException;

}
