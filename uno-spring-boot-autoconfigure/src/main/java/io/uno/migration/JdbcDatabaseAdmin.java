package io.uno.migration;

import java.util.function.Function;

import javax.sql.DataSource;

import io.uno.dialect.Identifiers;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Creates and drops databases by statements on a database that stays.
 */
final class JdbcDatabaseAdmin implements DatabaseAdmin {

	private final String maintenance;

	private final Function<String, DataSource> connections;

	JdbcDatabaseAdmin(String maintenance, Function<String, DataSource> connections) {
		this.maintenance = maintenance;
		this.connections = connections;
	}

	@Override
	public void create(String database) {
		execute("create database " + Identifiers.quote(database));
	}

	@Override
	public void copy(String original, String copy) {
		execute("create database %s template %s".formatted(Identifiers.quote(copy), Identifiers.quote(original)));
	}

	@Override
	public void drop(String database) {
		execute("drop database %s with (force)".formatted(Identifiers.quote(database)));
	}

	@Override
	public void createRole(String role) {
		boolean exists = jdbc().sql("select exists (select from pg_roles where rolname = ?)")
			.param(role)
			.query(Boolean.class)
			.single();
		if (!exists) {
			execute("create role %s nologin".formatted(Identifiers.quote(role)));
		}
	}

	@Override
	public DataSource dataSource(String database) {
		return this.connections.apply(database);
	}

	private void execute(String sql) {
		jdbc().sql(sql).update();
	}

	private JdbcClient jdbc() {
		return JdbcClient.create(dataSource(this.maintenance));
	}

}
