package io.uno.bulk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Asks PostgreSQL for the row security of a table.
 */
final class RowSecurity {

	private static final String ENABLED = "select relrowsecurity from pg_class where oid = to_regclass(?)";

	private static final String APPLIES = "select row_security_active(to_regclass(?))";

	private RowSecurity() {
	}

	/**
	 * Whether it is there for anybody.
	 */
	static boolean isEnabled(Connection connection, String table) throws SQLException {
		return ask(connection, ENABLED, table);
	}

	/**
	 * Whether it applies to the role that the transaction acts as: it may spare the
	 * table's owner.
	 */
	static boolean applies(Connection connection, String table) throws SQLException {
		return ask(connection, APPLIES, table);
	}

	private static boolean ask(Connection connection, String question, String table) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(question)) {
			statement.setString(1, table);
			try (ResultSet answer = statement.executeQuery()) {
				return answer.next() && answer.getBoolean(1);
			}
		}
	}

}
