package io.uno.migration.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * The roles that properties name for a database, and that its migrations may therefore
 * name too: those that transactions act as, and the users that connect.
 */
final class DeclaredRoles {

	private static final Bindable<List<String>> TEXTS = Bindable.listOf(String.class);

	private DeclaredRoles() {
	}

	static Set<String> of(Environment environment, String database) {
		ConfigurationPropertyName flyway = FlywayLayer.ofDatabase(database);
		ConfigurationPropertyName own = flyway.getParent();
		Binder binder = Binder.get(environment);
		Set<String> roles = new LinkedHashSet<>();
		for (ConfigurationPropertyName name : List.of(ConfigurationPropertyName.of("uno.roles"), own.append("roles"),
				own.append("username"), flyway.append("user"), FlywayLayer.COMMON.append("user"),
				FlywayLayer.BOOT.append("user"), ConfigurationPropertyName.of("spring.datasource.username"))) {
			roles.addAll(binder.bind(name, TEXTS).orElseGet(List::of));
		}
		return roles;
	}

}
