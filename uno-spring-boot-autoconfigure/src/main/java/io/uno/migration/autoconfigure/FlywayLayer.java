package io.uno.migration.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Where settings of a database's Flyway stand. What a more specific layer sets replaces
 * what a more general one says.
 */
final class FlywayLayer {

	/**
	 * Spring Boot's own settings, the defaults of every database.
	 */
	static final ConfigurationPropertyName BOOT = ConfigurationPropertyName.of("spring.flyway");

	/**
	 * What uno's databases have in common.
	 */
	static final ConfigurationPropertyName COMMON = ConfigurationPropertyName.of("uno.flyway");

	private FlywayLayer() {
	}

	/**
	 * What one database has of its own.
	 */
	static ConfigurationPropertyName ofDatabase(String database) {
		String element = (database.indexOf('.') != -1) ? "[" + database + "]" : "." + database;
		return ConfigurationPropertyName.adapt("uno.databases" + element + ".flyway", '.');
	}

	/**
	 * All layers of one database, the most general one first.
	 */
	static List<ConfigurationPropertyName> all(String database) {
		return List.of(BOOT, COMMON, ofDatabase(database));
	}

	/**
	 * Whether a database is to be migrated, by the most specific layer that says so.
	 * {@link #BOOT} is left out: switched off there, it is off for all.
	 */
	static boolean isEnabled(String database, Environment environment) {
		Binder binder = Binder.get(environment);
		return Stream.of(ofDatabase(database), COMMON)
			.map((layer) -> binder.bind(layer.append("enabled"), Bindable.of(Boolean.class)))
			.filter(BindResult::isBound)
			.map(BindResult::get)
			.findFirst()
			.orElse(true);
	}

}
