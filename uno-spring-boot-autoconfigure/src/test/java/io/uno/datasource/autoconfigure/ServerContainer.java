package io.uno.datasource.autoconfigure;

import io.uno.embedded.PostgresNode;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A container without Docker: a server that runs already.
 */
class ServerContainer extends JdbcDatabaseContainer<ServerContainer> {

	private final PostgresNode server;

	private int starts;

	ServerContainer(PostgresNode server) {
		super(DockerImageName.parse("postgres:18"));
		this.server = server;
	}

	int starts() {
		return this.starts;
	}

	@Override
	public String getDockerImageName() {
		return "postgres:18";
	}

	@Override
	public void start() {
		this.starts++;
	}

	@Override
	public void stop() {
	}

	@Override
	public boolean isRunning() {
		return this.starts > 0;
	}

	@Override
	public String getDriverClassName() {
		return "org.postgresql.Driver";
	}

	@Override
	public String getJdbcUrl() {
		return isRunning() ? this.server.jdbcUrl() : "jdbc:postgresql://not-started/";
	}

	@Override
	public String getUsername() {
		return this.server.username();
	}

	@Override
	public String getPassword() {
		return this.server.password();
	}

	@Override
	protected String getTestQueryString() {
		return "select 1";
	}

}
