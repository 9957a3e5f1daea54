package io.uno.session.autoconfigure;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import io.uno.session.ConnectionTemplate;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/**
 * Registers a connection template for each declared database.
 */
class DatabaseConnectionRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		DatabaseDeclarations declarations = DatabaseDeclarations.from(environment);
		if (declarations.isManaged()) {
			declarations.getDatabases().forEach((database) -> register(registry, database));
		}
	}

	private static void register(BeanRegistry registry, DatabaseDeclaration database) {
		registry.registerBean(database.name() + ".connections", ConnectionTemplate.class,
				(spec) -> spec.description("Connections to database '%s'".formatted(database.name()))
					.notAutowirable()
					.lazyInit()
					.supplier((context) -> context.bean(ConnectionTemplate.class).on(database.name())));
	}

}
