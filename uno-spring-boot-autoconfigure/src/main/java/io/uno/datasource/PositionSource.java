package io.uno.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

import org.jspecify.annotations.Nullable;

/**
 * Asks servers for positions in their log. PostgreSQL is asked by {@link #postgres() one
 * of uno's own}; a bean of this type is asked before it, for another server or for
 * another way to ask.
 *
 * <pre class="code">
 * &#064;Bean
 * PositionSource auroraPositions() { ... }
 * </pre>
 *
 * Safe for use by many threads. A connection is asked between two transactions. A server
 * that turns out to have no positions, which only asking may show, is told of by a
 * {@link SQLFeatureNotSupportedException}: none of the database's servers is asked again.
 *
 * @since 0.1.0
 */
public interface PositionSource {

	/**
	 * Returns what asks PostgreSQL, from version 10 on.
	 * @return the source
	 */
	static PositionSource postgres() {
		return PostgresPositionSource.INSTANCE;
	}

	/**
	 * Whether this source knows how to ask a server. Asked once for each connection that
	 * probes.
	 * @param connection a connection to a primary or a replica
	 * @return whether the other methods may be called with connections to this server
	 * @throws SQLException if the server does not answer
	 */
	boolean supports(Connection connection) throws SQLException;

	/**
	 * Asks a node about itself, in one round trip.
	 * @param connection a connection to a primary or a replica
	 * @return what it tells
	 * @throws SQLException if the server does not answer
	 */
	NodeReport report(Connection connection) throws SQLException;

	/**
	 * Asks a primary up to where it has written: a replica that has replayed up to there
	 * has everything that the primary has acknowledged.
	 * @param database name of the database
	 * @param connection a connection to the primary
	 * @param flushed whether the last transaction on the connection, if it was told to
	 * write, has waited until its log was on disk, as far as the connection's own
	 * settings say; {@code false} if it was told not to
	 * @return the position, or {@code null} if the server is no primary
	 * @throws SQLException if the server does not answer
	 */
	@Nullable Position written(String database, Connection connection, boolean flushed) throws SQLException;

	/**
	 * Asks a replica up to where it has replayed.
	 * @param database name of the database
	 * @param connection a connection to the replica
	 * @return the position, of a timeline that the replica is known to be on;
	 * {@code null} if the server is no replica
	 * @throws SQLException if the server does not answer
	 */
	@Nullable Position replayed(String database, Connection connection) throws SQLException;

}
