package io.uno.routing;

import java.sql.SQLException;

import io.uno.error.FailureOrigin;
import org.hibernate.JDBCException;
import org.hibernate.exception.spi.SQLExceptionConverter;

/**
 * Converts as Hibernate does, and notes in the driver's exception what Spring's
 * translation would lose: the statement, and Hibernate's exception, which so stays the
 * cause. A write that only the server notices in a read-only transaction is refused as
 * all others are.
 *
 * @param claims tells the route of the running transaction
 * @param plain Hibernate's own converter
 */
record RouteExceptionConverter(DatabaseClaims claims, SQLExceptionConverter plain) implements SQLExceptionConverter {

	private static final long serialVersionUID = 1L;

	private static final String NO_SQL = "n/a";

	@Override
	public JDBCException convert(SQLException failure, String message, String sql) {
		JDBCException converted = this.plain.convert(failure, message, sql);
		this.claims.currentRoute()
			.ifPresent((route) -> FailureOrigin.place(failure, route.database(), route.node().id()));
		if (!NO_SQL.equals(sql)) {
			FailureOrigin.statement(failure, sql);
		}
		FailureOrigin.wrapper(failure, converted);
		if (ReadOnlyRefusal.isOf(failure)) {
			throw ReadOnlyRefusal.exception(this.claims, converted);
		}
		return converted;
	}

}
