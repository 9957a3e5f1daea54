package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;

import org.postgresql.PGConnection;

import org.springframework.util.ClassUtils;

/**
 * Tells connections of PostgreSQL's driver from others, also where that driver is not on
 * the class path.
 */
final class PostgresConnection {

	private static final boolean DRIVER_PRESENT = ClassUtils.isPresent("org.postgresql.PGConnection",
			PostgresConnection.class.getClassLoader());

	private PostgresConnection() {
	}

	static boolean isPostgres(Connection connection) throws SQLException {
		return DRIVER_PRESENT && connection.isWrapperFor(PGConnection.class);
	}

}
