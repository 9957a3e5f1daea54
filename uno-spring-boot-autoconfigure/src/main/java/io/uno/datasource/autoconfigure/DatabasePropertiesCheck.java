package io.uno.datasource.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.uno.datasource.Node;
import io.uno.datasource.autoconfigure.DatabasesProperties.DatabaseProperties;
import io.uno.datasource.autoconfigure.DatabasesProperties.ReplicaProperties;
import io.uno.datasource.autoconfigure.DeclaredProperties.DeclaredProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Refuses at start what can't be carried out, before any pool is made.
 */
final class DatabasePropertiesCheck {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

	/**
	 * Settings of Boot's data source that a database has as well.
	 */
	private static final Set<String> MOVABLE = Set.of("url", "username", "password", "driverclassname", "hikari",
			"flyway");

	/**
	 * Second parts of the names of a database's other beans, such as
	 * {@code atlas.dataSource}.
	 */
	private static final Set<String> BEANS = Set.of("asyncSessions", "connections", "dataSource", "flyway",
			"flywayInitializer", "jdbcClient", "sessions", "transactionManager");

	private final Environment environment;

	private final DatabasesProperties properties;

	private final DeclaredProperties declared;

	private DatabasePropertiesCheck(Environment environment) {
		this.environment = environment;
		this.properties = DatabasesProperties.from(environment);
		this.declared = new DeclaredProperties(environment);
	}

	static void check(Environment environment) {
		new PropertyNamesCheck(environment).check();
		new DatabasePropertiesCheck(environment).check();
	}

	private void check() {
		this.properties.databases().keySet().forEach((name) -> checkName("uno.databases", name));
		checkReplicas("uno.replicas", this.properties.replicas());
		checkRoles("uno.roles", this.properties.roles());
		if (!this.properties.databases().isEmpty()) {
			refuseReplicasBesideDatabases();
			checkDefault();
			refuseBootsDataSource();
			checkPackages();
			this.properties.databases().forEach((name, database) -> checkDatabase("uno.databases." + name, database));
			this.properties.databases().keySet().forEach((name) -> ReadsPropertiesCheck.check(this.environment, name));
			return;
		}
		ReadsPropertiesCheck.check(this.environment);
		if (this.properties.defaultDatabase() != null) {
			throw new InvalidDatabasesException("uno.default-database", origin("uno.default-database"),
					"names the database '%s', but none is declared".formatted(this.properties.defaultDatabase()),
					"Declare it: 'uno.databases.%s.url'.".formatted(this.properties.defaultDatabase()),
					"Remove 'uno.default-database'.");
		}
	}

	private void refuseReplicasBesideDatabases() {
		if (!this.properties.replicas().isEmpty()) {
			String replica = this.properties.replicas().keySet().iterator().next();
			String key = "uno.replicas." + replica;
			throw new InvalidDatabasesException(key, originBelow("uno.replicas", replica),
					"belongs to Boot's own data source, which 'uno.databases' replaces",
					"Move it below the database that it is a replica of: 'uno.databases.%s.replicas.%s'."
						.formatted(anyDatabase(), replica));
		}
	}

	private void checkDefault() {
		Set<String> names = this.properties.databases().keySet();
		String chosen = this.properties.defaultDatabase();
		if (chosen == null && names.size() > 1) {
			throw new InvalidDatabasesException("uno.default-database",
					"is missing although several databases are declared",
					"Set it to the database that everything without one of its own uses: %s."
						.formatted(String.join(", ", names)));
		}
		if (chosen != null && !names.contains(chosen)) {
			throw new InvalidDatabasesException("uno.default-database", origin("uno.default-database"),
					"names the unknown database '%s'".formatted(chosen),
					"Name one of those that are declared: %s.".formatted(String.join(", ", names)),
					"Declare it: 'uno.databases.%s.url'.".formatted(chosen));
		}
	}

	private void refuseBootsDataSource() {
		this.declared.below("spring.datasource").findFirst().ifPresent((property) -> {
			throw besideDatabases(property, property.name().subName(2).toString());
		});
		this.declared.named("spring.flyway.url").ifPresent((property) -> {
			throw besideDatabases(property, "flyway.url");
		});
	}

	private InvalidDatabasesException besideDatabases(DeclaredProperty property, String setting) {
		String problem = "has no effect beside 'uno.databases', which replaces Boot's own data source";
		if (MOVABLE.stream().noneMatch(setting.split("[.]")[0].replace("-", "")::equals)) {
			return new InvalidDatabasesException(property.toString(), property.origin(), problem, "Remove it.");
		}
		return new InvalidDatabasesException(property.toString(), property.origin(), problem,
				"Use 'uno.databases.%s.%s' instead.".formatted(anyDatabase(), setting), "Remove it.");
	}

	private String anyDatabase() {
		String chosen = this.properties.defaultDatabase();
		return (chosen != null) ? chosen : this.properties.databases().keySet().iterator().next();
	}

	private void checkPackages() {
		Map<String, String> owners = new LinkedHashMap<>();
		this.properties.databases().forEach((name, database) -> database.packages().forEach((claimed) -> {
			String other = owners.put(claimed, name);
			if (other != null) {
				throw claimedTwice(claimed, other, name);
			}
		}));
	}

	private InvalidDatabasesException claimedTwice(String claimed, String first, String second) {
		String key = "uno.databases." + second + ".packages";
		return new InvalidDatabasesException(key, originBelow("uno.databases." + second, "packages"),
				"claims the package '%s', which 'uno.databases.%s.packages' claims as well".formatted(claimed, first),
				"Leave the package to one of '%s' and '%s'.".formatted(first, second));
	}

	private void checkDatabase(String prefix, DatabaseProperties database) {
		checkReplicas(prefix + ".replicas", database.replicas());
		checkRoles(prefix + ".roles", database.roles());
	}

	/**
	 * The server takes the name "none" for the user that the application connects as.
	 */
	private static void checkRoles(String key, List<String> roles) {
		roles.stream().filter((role) -> role.isBlank() || role.equals("none")).findFirst().ifPresent((role) -> {
			throw new InvalidDatabasesException(key, "holds '%s', which can't be the name of a role".formatted(role),
					"Name roles of the database, or remove it.");
		});
	}

	private void checkReplicas(String prefix, Map<String, ReplicaProperties> replicas) {
		replicas.forEach((name, replica) -> {
			checkName(prefix, name);
			if (name.equals(Node.MAIN)) {
				throw new InvalidDatabasesException(prefix + "." + name, originBelow(prefix, name),
						"gives a replica the name 'main', which is the primary's own node",
						"Choose another name for the replica.");
			}
			if (BEANS.contains(name)) {
				throw new InvalidDatabasesException(prefix + "." + name,
						"gives a replica the name '%s', which is taken by another bean of the database".formatted(name),
						"Choose another name for the replica.");
			}
			if (replica.weight() < 1) {
				String key = prefix + "." + name + ".weight";
				throw new InvalidDatabasesException(key, origin(key),
						"is %d, but a weight is at least 1".formatted(replica.weight()),
						"Set it to 1 or more, or remove the replica.");
			}
		});
	}

	private void checkName(String prefix, String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidDatabasesException(prefix + "." + name, originBelow(prefix, name),
					"has a name of other characters than letters, digits, dashes and underscores",
					"Choose another name, such as '%s'.".formatted(name.replaceAll("[^A-Za-z0-9]+", "-")));
		}
	}

	/**
	 * Where the first property was set that has this element, which may be an element
	 * that no name has, next to the prefix.
	 */
	private @Nullable Origin originBelow(String prefix, String element) {
		return this.declared.below(prefix)
			.filter((property) -> element(property, prefix).equals(element))
			.map(DeclaredProperty::origin)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static String element(DeclaredProperty property, String prefix) {
		int index = ConfigurationPropertyName.adapt(prefix, '.').getNumberOfElements();
		return property.name().getElement(index, Form.ORIGINAL);
	}

	private @Nullable Origin origin(String key) {
		return this.declared.named(key).map(DeclaredProperty::origin).orElse(null);
	}

}
