package io.uno.datasource;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * What a node does at present, as the node itself says.
 *
 * @since 0.1.0
 */
public enum Duty {

	/** Accepts writes. */
	PRIMARY,

	/** Follows a primary and accepts reads only. */
	REPLICA,

	/** Not asked yet, out of reach, or of a vendor that cannot tell. */
	UNKNOWN;

	/**
	 * Asks a node for its duty.
	 * @param connection a connection to the node
	 * @return what the node does at present; {@link #UNKNOWN} if it is of a vendor that
	 * can't tell, which is then not asked at all
	 * @throws SQLException if the node does not answer
	 */
	public static Duty of(Connection connection) throws SQLException {
		if (!"PostgreSQL".equals(connection.getMetaData().getDatabaseProductName())) {
			return UNKNOWN;
		}
		try (Statement statement = connection.createStatement();
				ResultSet inRecovery = statement.executeQuery("select pg_is_in_recovery()")) {
			inRecovery.next();
			return inRecovery.getBoolean(1) ? REPLICA : PRIMARY;
		}
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
