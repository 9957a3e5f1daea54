package io.uno.embedded;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database and the ordinary role of the same name that owns it.
 */
final class OwnedDatabase {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private final String name;

	private final String password = ServerDirectory.randomPassword();

	OwnedDatabase(String name) {
		this.name = name;
	}

	static OwnedDatabase unique(String name) {
		return new OwnedDatabase(name + "_" + COUNTER.incrementAndGet());
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
		boolean role = exists(superuser, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)");
		Statements.execute(superuser, (role ? "ALTER" : "CREATE") + " ROLE %I LOGIN PASSWORD %L", this.name,
				this.password);
		if (!exists(superuser, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = ?)")) {
			Statements.execute(superuser, "CREATE DATABASE %I TEMPLATE template1 OWNER %I", this.name, this.name);
		}
		servers.replicas().forEach((replica) -> servers.awaitReplay(replica, PostgresServers.REPLAY_TIMEOUT));
	}

	void drop(PostgresServers servers) {
		JdbcTemplate superuser = servers.primary().superuser();
		Statements.execute(superuser, "DROP DATABASE %I WITH (FORCE)", this.name);
		Statements.execute(superuser, "DROP ROLE %I", this.name);
	}

	private boolean exists(JdbcTemplate superuser, String query) {
		return Objects.equals(superuser.queryForObject(query, Boolean.class, this.name), Boolean.TRUE);
	}

}
