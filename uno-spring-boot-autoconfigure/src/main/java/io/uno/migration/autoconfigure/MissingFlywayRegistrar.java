package io.uno.migration.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.migration.autoconfigure.FlywayPropertySources.SetProperty;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/**
 * Refuses Flyway properties where there is no Flyway that they could apply to.
 */
class MissingFlywayRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		FlywayPropertySources sources = FlywayPropertySources.of(environment);
		List<SetProperty> properties = new ArrayList<>(sources.below(FlywayLayer.COMMON));
		DatabaseDeclarations.from(environment)
			.getDatabases()
			.forEach((database) -> properties.addAll(sources.below(FlywayLayer.ofDatabase(database.name()))));
		if (!properties.isEmpty()) {
			throw new MissingFlywayException(properties);
		}
	}

}
