package io.uno.migration.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import io.uno.migration.autoconfigure.FlywayPropertySources.SetProperty;
import io.uno.migration.autoconfigure.UnknownFlywayPropertyException.UnknownProperty;
import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.core.env.Environment;

/**
 * Registers a Flyway and its initializer for each declared database.
 */
class FlywayBeanRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		DatabaseDeclarations declarations = DatabaseDeclarations.from(environment);
		checkProperties(declarations, environment);
		registry.registerBean(DatabaseFlywayFactory.class);
		registry.registerBean(RoutedSchemaManagementProvider.class);
		for (DatabaseDeclaration declaration : declarations.getDatabases()) {
			String database = declaration.name();
			if (FlywayLayer.isEnabled(database, environment)) {
				register(registry, database, database.equals(declarations.getDefaultDatabase()));
			}
		}
	}

	private void register(BeanRegistry registry, String database, boolean primary) {
		registry.registerBean(DatabaseFlywayFactory.flywayBeanName(database), Flyway.class, (spec) -> {
			spec.description("Flyway of database '%s'".formatted(database));
			spec.supplier((context) -> factory(context).createFlyway(database));
			if (primary) {
				spec.primary();
			}
		});
		registry.registerBean(DatabaseFlywayFactory.initializerBeanName(database), FlywayMigrationInitializer.class,
				(spec) -> {
					spec.description("Migrates database '%s'".formatted(database));
					spec.supplier((context) -> factory(context).createInitializer(database));
				});
	}

	private static DatabaseFlywayFactory factory(SupplierContext context) {
		return context.bean(DatabaseFlywayFactory.class);
	}

	private void checkProperties(DatabaseDeclarations declarations, Environment environment) {
		FlywayPropertySources sources = FlywayPropertySources.of(environment);
		List<SetProperty> common = sources.below(FlywayLayer.COMMON);
		if (!declarations.isManaged()) {
			throw new UnusedFlywayPropertyException(common);
		}
		FlywayPropertyNames names = new FlywayPropertyNames();
		List<UnknownProperty> unknown = new ArrayList<>(unknown(common, FlywayLayer.COMMON, names));
		declarations.getDatabases().forEach((database) -> {
			ConfigurationPropertyName layer = FlywayLayer.ofDatabase(database.name());
			unknown.addAll(unknown(sources.below(layer), layer, names));
		});
		if (!unknown.isEmpty()) {
			throw new UnknownFlywayPropertyException(unknown);
		}
	}

	private List<UnknownProperty> unknown(List<SetProperty> properties, ConfigurationPropertyName layer,
			FlywayPropertyNames names) {
		return properties.stream()
			.filter((property) -> !names.isKnown(property, layer))
			.map((property) -> new UnknownProperty(property,
					names.nearestFirst(property.name().subName(layer.getNumberOfElements()))))
			.toList();
	}

}
