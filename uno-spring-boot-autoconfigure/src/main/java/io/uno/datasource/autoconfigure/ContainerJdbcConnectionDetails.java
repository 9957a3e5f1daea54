package io.uno.datasource.autoconfigure;

import org.testcontainers.containers.JdbcDatabaseContainer;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.testcontainers.lifecycle.TestcontainersStartup;

/**
 * Connection details of a container, which is started if need be when it is first asked
 * for them. Boot's own can't be had: only its own package may describe a container to the
 * factory that makes them.
 */
final class ContainerJdbcConnectionDetails implements JdbcConnectionDetails {

	private final JdbcDatabaseContainer<?> container;

	private ContainerJdbcConnectionDetails(JdbcDatabaseContainer<?> container) {
		this.container = container;
	}

	/**
	 * Takes a container.
	 * @param source what it comes from, in words that begin a sentence
	 * @param container any object
	 * @return its connection details
	 * @throws InvalidDatabaseConnectionException if it is not a JDBC container
	 */
	static ContainerJdbcConnectionDetails of(String source, Object container) {
		if (!(container instanceof JdbcDatabaseContainer<?> jdbc)) {
			throw new InvalidDatabaseConnectionException(source,
					"is a %s, but has to be a container that JDBC connects to"
						.formatted(container.getClass().getName()),
					"Use a JdbcDatabaseContainer, such as PostgreSQLContainer.", "Remove @DatabaseConnection.");
		}
		return new ContainerJdbcConnectionDetails(jdbc);
	}

	private JdbcDatabaseContainer<?> running() {
		TestcontainersStartup.start(this.container);
		return this.container;
	}

	@Override
	public String getUsername() {
		return this.container.getUsername();
	}

	@Override
	public String getPassword() {
		return this.container.getPassword();
	}

	@Override
	public String getJdbcUrl() {
		return running().getJdbcUrl();
	}

	@Override
	public String getDriverClassName() {
		return this.container.getDriverClassName();
	}

}
