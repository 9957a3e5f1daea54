package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;

import io.uno.error.DatabaseErrors;
import io.uno.error.FailureOrigin;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Translates the exceptions of drivers into those that tell what a caller can do about
 * them, and names database and node. What it has no exception for, Spring's own
 * translator has.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 * @see DatabaseErrors
 */
public final class RouteExceptionTranslator implements SQLExceptionTranslator {

	private final DatabaseClaims claims;

	private final SQLExceptionTranslator rest = new SQLExceptionSubclassTranslator();

	/**
	 * Creates a translator.
	 * @param claims tells the route of the running transaction
	 */
	public RouteExceptionTranslator(DatabaseClaims claims) {
		this.claims = claims;
	}

	/**
	 * Notes in a failure on which node it happened, where the driver was used past the
	 * connection that Spring knows.
	 * @param connection the connection that Spring knows
	 * @param failure what the driver has thrown
	 * @throws SQLException if the connection can't be looked at
	 */
	public static void place(Connection connection, SQLException failure) throws SQLException {
		Route route = connection.isWrapperFor(RoutedConnection.class)
				? connection.unwrap(RoutedConnection.class).route() : null;
		if (route != null) {
			FailureOrigin.place(failure, route.database(), route.node().id());
		}
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
		this.claims.currentRoute()
			.ifPresent((route) -> FailureOrigin.place(failure, route.database(), route.node().id()));
		if (sql != null) {
			FailureOrigin.statement(failure, sql);
		}
		if (ReadOnlyRefusal.isOf(failure)) {
			return ReadOnlyRefusal.exception(this.claims, failure);
		}
		return DatabaseErrors.translate(task, sql, failure).orElseGet(() -> this.rest.translate(task, sql, failure));
	}

}
