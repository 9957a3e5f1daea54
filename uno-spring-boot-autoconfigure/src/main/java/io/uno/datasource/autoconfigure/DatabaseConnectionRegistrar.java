package io.uno.datasource.autoconfigure;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;

/**
 * Registers containers and services as the connections of the databases that they name.
 */
final class DatabaseConnectionRegistrar {

	private final BeanDefinitionRegistry registry;

	private final DatabaseDeclarations declarations;

	DatabaseConnectionRegistrar(BeanDefinitionRegistry registry, Environment environment) {
		this.registry = registry;
		this.declarations = DatabaseDeclarations.from(environment);
	}

	/**
	 * Registers the connection of a database.
	 * @param database name of the database
	 * @param source what the connection comes from, in words that begin a sentence
	 * @param main finds the connection details, asked for when the bean is made
	 * @return the definition of the bean that was registered
	 * @throws InvalidDatabaseConnectionException if there is no such database, or it has
	 * a connection already
	 */
	RootBeanDefinition register(String database, String source, Supplier<JdbcConnectionDetails> main) {
		requireDatabase(database, source);
		String name = DatabaseConnectionDetails.beanName(database);
		if (this.registry.containsBeanDefinition(name)) {
			String other = this.registry.getBeanDefinition(name).getDescription();
			throw takenAlready(database, source, (other != null) ? other : "Bean '%s'".formatted(name));
		}
		RootBeanDefinition definition = new RootBeanDefinition(DatabaseConnectionDetails.class,
				() -> new SuppliedConnectionDetails(database, main.get()));
		definition.setDescription(source);
		this.registry.registerBeanDefinition(name, definition);
		return definition;
	}

	private void requireDatabase(String database, String source) {
		if (!this.declarations.isManaged()) {
			throw new InvalidDatabaseConnectionException(source,
					"names the database '%s', but none is declared under 'uno.databases'".formatted(database),
					"Use @ServiceConnection, or a Compose service without a label, for Boot's own data source.",
					"Declare the database: 'uno.databases.%s'.".formatted(database));
		}
		List<String> known = this.declarations.getDatabases().stream().map(DatabaseDeclaration::name).toList();
		if (!known.contains(database)) {
			throw new InvalidDatabaseConnectionException(source,
					"names the unknown database '%s'; known: %s".formatted(database,
							known.stream().collect(Collectors.joining(", "))),
					"Name one of those that are known.", "Declare it: 'uno.databases.%s'.".formatted(database));
		}
	}

	private static InvalidDatabaseConnectionException takenAlready(String database, String source, String other) {
		return new InvalidDatabaseConnectionException(source,
				"names the database '%s', which has a connection already: %s".formatted(database, other),
				"Remove one of the two.", "Name another database.");
	}

	/**
	 * Connection details that were found outside of the properties.
	 *
	 * @param database name of the database
	 * @param main connection details of its node {@code main}
	 */
	private record SuppliedConnectionDetails(String database,
			JdbcConnectionDetails main) implements DatabaseConnectionDetails {

		@Override
		public String getDatabase() {
			return this.database;
		}

		@Override
		public JdbcConnectionDetails getMain() {
			return this.main;
		}

		/**
		 * Without the details, which hold a password.
		 */
		@Override
		public String toString() {
			return "Connection details of database '%s'".formatted(this.database);
		}

	}

}
