package io.uno.migration;

import java.util.function.Function;

import javax.sql.DataSource;

/**
 * A scratch server: creates databases that nobody needs for long, and drops them. It runs
 * the same version of PostgreSQL as the application's databases, holds nothing of value,
 * and connects as a superuser, so that it refuses nothing that the owner of a database
 * may do elsewhere. Thread-safe.
 *
 * <pre class="code">
 * admin.create("wanted");
 * JdbcClient.create(admin.dataSource("wanted")).sql("create table city (id bigint primary key)").update();
 * admin.drop("wanted");
 * </pre>
 *
 * A bean of this type takes the place of the embedded server that is used otherwise.
 *
 * @since 0.1.0
 */
public interface DatabaseAdmin {

	/**
	 * Creates an admin of a running server.
	 * @param maintenance name of a database that is always there, such as
	 * {@code postgres}
	 * @param connections gives connections, as a superuser, to the database of a name
	 * @return the admin
	 */
	static DatabaseAdmin create(String maintenance, Function<String, DataSource> connections) {
		return new JdbcDatabaseAdmin(maintenance, connections);
	}

	/**
	 * Creates an empty database.
	 * @param database its name
	 * @throws org.springframework.dao.DataAccessException if the server refuses, as when
	 * there is one of this name
	 */
	void create(String database);

	/**
	 * Creates a database as an exact copy of another, rows included.
	 * @param original name of the database to copy, to which nobody is connected
	 * @param copy name of the new database
	 * @throws org.springframework.dao.DataAccessException if the server refuses
	 */
	void copy(String original, String copy);

	/**
	 * Drops a database and ends its connections.
	 * @param database its name
	 * @throws org.springframework.dao.DataAccessException if the server refuses, as when
	 * there is none of this name
	 */
	void drop(String database);

	/**
	 * Creates a role that can't log in, for grants and policies that name it. Does
	 * nothing if it is there.
	 * @param role its name
	 * @throws org.springframework.dao.DataAccessException if the server refuses
	 */
	void createRole(String role);

	/**
	 * Returns connections to a database.
	 * @param database its name
	 * @return a data source without a pool
	 */
	DataSource dataSource(String database);

}
