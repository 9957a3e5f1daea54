package io.uno.session.autoconfigure;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import io.uno.session.AsyncSessionTemplate;
import io.uno.session.SessionTemplate;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/**
 * Registers session templates for each declared database, as routing registers the rest
 * of what a database's name leads to.
 */
class DatabaseSessionRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		DatabaseDeclarations declarations = DatabaseDeclarations.from(environment);
		if (declarations.isManaged()) {
			declarations.getDatabases().forEach((database) -> register(registry, database));
		}
	}

	private static void register(BeanRegistry registry, DatabaseDeclaration database) {
		registry.registerBean(database.name() + ".sessions", SessionTemplate.class,
				(spec) -> spec.description("Sessions on database '%s'".formatted(database.name()))
					.notAutowirable()
					.lazyInit()
					.supplier((context) -> context.bean(SessionTemplate.class).on(database.name())));
		registry.registerBean(database.name() + ".asyncSessions", AsyncSessionTemplate.class,
				(spec) -> spec.description("Asynchronous sessions on database '%s'".formatted(database.name()))
					.notAutowirable()
					.lazyInit()
					.supplier((context) -> context.bean(SessionTemplate.class).on(database.name()).async()));
	}

}
