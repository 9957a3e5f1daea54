package io.uno.migration.autoconfigure;

import javax.sql.DataSource;

import io.uno.dialect.Identifiers;
import io.uno.embedded.PostgresCluster;
import io.uno.migration.DatabaseAdmin;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A scratch server started from Maven artifacts. The role that it connects as is made a
 * superuser.
 */
class EmbeddedDatabaseAdmin implements DatabaseAdmin, AutoCloseable {

	private final PostgresCluster cluster;

	private final DatabaseAdmin admin;

	EmbeddedDatabaseAdmin(PostgresCluster cluster) {
		this.cluster = cluster;
		this.admin = DatabaseAdmin.create(cluster.database(), this::connect);
		JdbcClient.create(cluster.primary().superuserDataSource())
			.sql("alter role %s superuser".formatted(Identifiers.quote(cluster.username())))
			.update();
	}

	/**
	 * Starts a server for this purpose alone.
	 */
	static EmbeddedDatabaseAdmin start() {
		return new EmbeddedDatabaseAdmin(
				PostgresCluster.builder().name("scratch").relays(false).shutdownHook(false).start());
	}

	private DataSource connect(String database) {
		return new DriverManagerDataSource(
				"jdbc:postgresql://127.0.0.1:%d/%s".formatted(this.cluster.primary().port(), database),
				this.cluster.username(), this.cluster.password());
	}

	@Override
	public void create(String database) {
		this.admin.create(database);
	}

	@Override
	public void copy(String original, String copy) {
		this.admin.copy(original, copy);
	}

	@Override
	public void drop(String database) {
		this.admin.drop(database);
	}

	@Override
	public void createRole(String role) {
		this.admin.createRole(role);
	}

	@Override
	public DataSource dataSource(String database) {
		return this.admin.dataSource(database);
	}

	@Override
	public void close() {
		this.cluster.close();
	}

}
