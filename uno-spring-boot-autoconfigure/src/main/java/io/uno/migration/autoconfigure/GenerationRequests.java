package io.uno.migration.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import io.uno.migration.MigrationNotGeneratedException;
import io.uno.migration.MigrationRequest;
import io.uno.schema.Schema;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

/**
 * Tells for which databases migrations are to be generated: those with a Flyway.
 */
class GenerationRequests {

	private final ApplicationContext context;

	private final MigrationProperties properties;

	private final Schema schema;

	GenerationRequests(ApplicationContext context, MigrationProperties properties, Schema schema) {
		this.context = context;
		this.properties = properties;
		this.schema = schema;
	}

	List<MigrationRequest> all() {
		DatabaseDeclarations declarations = DatabaseDeclarations.from(this.context.getEnvironment());
		List<MigrationRequest> requests = new ArrayList<>();
		for (DatabaseDeclaration declaration : declarations.getDatabases()) {
			Flyway flyway = flyway(declaration.name(), declarations.isManaged());
			if (flyway != null) {
				requests.add(request(declaration.name(), flyway));
			}
		}
		if (requests.isEmpty()) {
			throw new MigrationNotGeneratedException(
					"'%s' is set, and no database has a Flyway of its own".formatted(MigrationProperties.GENERATE),
					"Switch Flyway on for the databases whose migrations are to be generated.");
		}
		return requests;
	}

	private @Nullable Flyway flyway(String database, boolean managed) {
		if (!managed) {
			return this.context.getBeanProvider(Flyway.class).getIfUnique();
		}
		String name = DatabaseFlywayFactory.flywayBeanName(database);
		return this.context.containsBean(name) ? this.context.getBean(name, Flyway.class) : null;
	}

	private MigrationRequest request(String database, Flyway flyway) {
		return new MigrationRequest(database, Objects.requireNonNull(this.properties.generate()),
				flyway.getConfiguration(), this.schema.on(database).emit(), this.properties.directory(),
				DeclaredRoles.of(this.context.getEnvironment(), database));
	}

}
