package io.uno.session;

import java.sql.Connection;

import javax.sql.DataSource;

import io.uno.routing.DatabaseClaims;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Runs work on a plain JDBC connection in a transaction: commits when the work returns,
 * rolls back whatever it throws, and gives the connection back in every case. Work inside
 * a surrounding transaction joins it and shares its connection, with JPA too.
 *
 * <pre class="code">
 * int rows = connections.on("atlas").asRole("reader").execute((connection) -&gt; count(connection));
 * </pre>
 *
 * Immutable, and so safe for use by many threads; each refining method returns a copy.
 *
 * @since 0.1.0
 */
public interface ConnectionTemplate {

	/**
	 * Creates a template for the default database.
	 * @param dataSource where the connections come from
	 * @param transactionManager the transaction manager of that data source
	 * @param claims tells the databases apart; {@code null} when there is only one
	 * @return the template
	 */
	static ConnectionTemplate create(DataSource dataSource, PlatformTransactionManager transactionManager,
			@Nullable DatabaseClaims claims) {
		return new DefaultConnectionTemplate(dataSource, transactionManager, TransactionClaim.none(claims));
	}

	/**
	 * Returns a template for another database.
	 * @param database name of the database
	 * @return a copy of this template that works on the database
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	ConnectionTemplate on(String database);

	/**
	 * Returns a template whose transactions act as a database role.
	 * @param role name of the role
	 * @return a copy of this template that acts as the role
	 * @throws IllegalStateException if the data source is not uno's
	 * @see SessionTemplate#asRole
	 */
	ConnectionTemplate asRole(String role);

	/**
	 * Returns a template whose transactions act on behalf of a tenant.
	 * @param tenant the tenant, told to the server by its {@code toString()}
	 * @return a copy of this template that acts for the tenant
	 * @throws IllegalStateException if the data source is not uno's
	 * @see SessionTemplate#asTenant
	 */
	ConnectionTemplate asTenant(Object tenant);

	/**
	 * Returns a template whose transactions act on behalf of a user.
	 * @param user name of the user
	 * @return a copy of this template that acts for the user
	 * @throws IllegalStateException if the data source is not uno's
	 * @see SessionTemplate#asUser
	 */
	ConnectionTemplate asUser(String user);

	/**
	 * Runs work on a connection, on the primary unless a surrounding transaction is
	 * read-only.
	 * @param <T> type of the result
	 * @param work the work; closing the connection is no concern of it
	 * @return what the work returns
	 * @throws org.springframework.dao.DataAccessException if the work throws an
	 * {@link java.sql.SQLException}
	 * @throws io.uno.routing.RouteConflictException if a surrounding transaction works on
	 * another database
	 * @throws io.uno.routing.ContextSwitchException if a surrounding transaction acts on
	 * another's behalf
	 * @throws io.uno.routing.RoleNotPermittedException if the role is not permitted on
	 * the database
	 */
	<T extends @Nullable Object> T execute(ConnectionCallback<T> work);

	/**
	 * Opens a connection, for work that does not fit into a call. It is not in autocommit
	 * mode: what is not committed when it is closed is rolled back, and it goes back to
	 * its pool with the settings that it had, whatever was done to them by JDBC.
	 *
	 * <pre class="code">
	 * try (Connection connection = connections.on("atlas").asRole("reader").open()) {
	 *     ...
	 *     connection.commit();
	 * }
	 * </pre>
	 *
	 * Each of its transactions acts as this template says. Inside a surrounding
	 * transaction it is the connection of that one, which commits and rolls back by
	 * itself: the connection refuses both, and closing it leaves the transaction as it
	 * is.
	 * @return the connection, to be closed
	 * @throws org.springframework.jdbc.CannotGetJdbcConnectionException if there is none
	 * to be had
	 * @throws io.uno.routing.RouteConflictException if a surrounding transaction works on
	 * another database
	 * @throws io.uno.routing.ContextSwitchException if a surrounding transaction acts on
	 * another's behalf
	 */
	Connection open();

}
