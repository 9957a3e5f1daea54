package io.uno.embedded;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database, the ordinary role of the same name that owns it, and the roles that this
 * one may act as.
 */
final class OwnedDatabase {

	private static final String ROLE_EXISTS = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)";

	private static final Set<String> RESERVED = Set.of("postgres", "template0", "template1", "public", "none",
			PostgresServers.REPLICATION_ROLE);

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private final String name;

	private final List<String> roles;

	private final String password = ServerDirectory.randomPassword();

	/**
	 * Describe a database that is not there yet.
	 * @param name its name and that of its owner
	 * @param roles roles that its owner may act as
	 * @throws ReservedDatabaseNameException if an ordinary database or role can't have
	 * the name
	 */
	OwnedDatabase(String name, List<String> roles) {
		if (RESERVED.contains(name) || name.startsWith("pg_")) {
			throw new ReservedDatabaseNameException(name);
		}
		this.name = name;
		this.roles = roles;
	}

	static OwnedDatabase unique(String name, List<String> roles) {
		return new OwnedDatabase(name + "_" + COUNTER.incrementAndGet(), roles);
	}

	String name() {
		return this.name;
	}

	String password() {
		return this.password;
	}

	/**
	 * Create the database, or take over the one that is there, with a new password. The
	 * replicas have it when this returns.
	 * @param servers where
	 */
	void create(PostgresServers servers) {
		JdbcTemplate superuser = servers.primary().superuser();
		boolean role = exists(superuser, ROLE_EXISTS, this.name);
		Statements.execute(superuser, (role ? "ALTER" : "CREATE") + " ROLE %I LOGIN PASSWORD %L", this.name,
				this.password);
		if (!exists(superuser, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = ?)", this.name)) {
			Statements.execute(superuser, "CREATE DATABASE %I TEMPLATE template1 OWNER %I", this.name, this.name);
		}
		this.roles.forEach((granted) -> grant(superuser, granted));
		servers.replicas().forEach((replica) -> servers.awaitReplay(replica, PostgresServers.REPLAY_TIMEOUT));
	}

	private void grant(JdbcTemplate superuser, String role) {
		if (!exists(superuser, ROLE_EXISTS, role)) {
			Statements.execute(superuser, "CREATE ROLE %I NOLOGIN", role);
		}
		Statements.execute(superuser, "GRANT %I TO %I", role, this.name);
	}

	void drop(PostgresServers servers) {
		JdbcTemplate superuser = servers.primary().superuser();
		Statements.execute(superuser, "DROP DATABASE %I WITH (FORCE)", this.name);
		Statements.execute(superuser, "DROP ROLE %I", this.name);
	}

	private static boolean exists(JdbcTemplate superuser, String query, String name) {
		return Objects.equals(superuser.queryForObject(query, Boolean.class, name), Boolean.TRUE);
	}

}
