package io.uno.datasource.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.autoconfigure.DatabasesProperties.DatabaseProperties;
import io.uno.datasource.autoconfigure.DatabasesProperties.ReplicaProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Which databases and replicas an application declares, told from its environment alone:
 * nothing is opened or created. Immutable.
 *
 * @since 0.1.0
 */
public final class DatabaseDeclarations {

	/**
	 * Name of the one database that is Boot's own data source.
	 */
	public static final String DEFAULT_DATABASE = "default";

	private final boolean managed;

	private final @Nullable String defaultDatabase;

	private final Map<String, DatabaseDeclaration> databases;

	private DatabaseDeclarations(boolean managed, @Nullable String defaultDatabase,
			Map<String, DatabaseDeclaration> databases) {
		this.managed = managed;
		this.defaultDatabase = defaultDatabase;
		this.databases = databases;
	}

	/**
	 * Reads the declarations.
	 * @param environment the application's environment
	 * @return what it declares
	 */
	public static DatabaseDeclarations from(Environment environment) {
		boolean hasBootUrl = StringUtils.hasText(environment.getProperty("spring.datasource.url"));
		return from(DatabasesProperties.from(environment), hasBootUrl, EmbeddedDeclaration.from(environment));
	}

	private static DatabaseDeclarations from(DatabasesProperties properties, boolean hasBootUrl,
			EmbeddedDeclaration embedded) {
		boolean managed = !properties.databases().isEmpty();
		Map<String, DatabaseDeclaration> databases = new LinkedHashMap<>();
		if (managed) {
			properties.databases()
				.forEach(
						(name, database) -> databases.put(name, declare(name, database, properties.roles(), embedded)));
		}
		else {
			databases.put(DEFAULT_DATABASE, declare(DEFAULT_DATABASE, hasBootUrl, List.of(), properties.roles(),
					properties.replicas(), embedded));
		}
		return new DatabaseDeclarations(managed, defaultDatabase(properties, managed), databases);
	}

	private static @Nullable String defaultDatabase(DatabasesProperties properties, boolean managed) {
		if (!managed) {
			return DEFAULT_DATABASE;
		}
		if (properties.defaultDatabase() == null && properties.databases().size() == 1) {
			return properties.databases().keySet().iterator().next();
		}
		return properties.defaultDatabase();
	}

	private static DatabaseDeclaration declare(String name, DatabaseProperties database, List<String> commonRoles,
			EmbeddedDeclaration embedded) {
		List<String> roles = Stream.concat(commonRoles.stream(), database.roles().stream()).distinct().toList();
		return declare(name, StringUtils.hasText(database.url()), database.packages(), roles, database.replicas(),
				embedded);
	}

	private static DatabaseDeclaration declare(String name, boolean hasUrl, List<String> packages, List<String> roles,
			Map<String, ReplicaProperties> replicas, EmbeddedDeclaration embedded) {
		return new DatabaseDeclaration(name, hasUrl, packages, roles,
				replicas(replicas, hasUrl ? 0 : embedded.replicasOf(name)));
	}

	private static List<ReplicaDeclaration> replicas(Map<String, ReplicaProperties> replicas, int embedded) {
		List<ReplicaDeclaration> declared = new ArrayList<>();
		replicas.forEach((name, replica) -> declared
			.add(new ReplicaDeclaration(name, StringUtils.hasText(replica.url()), replica.weight())));
		for (int i = declared.size() + 1; i <= embedded; i++) {
			declared.add(new ReplicaDeclaration("replica-" + i, false, 1));
		}
		return List.copyOf(declared);
	}

	/**
	 * Whether databases are declared by name under {@code uno.databases}, so that uno
	 * owns their data sources.
	 * @return {@code false} when the one database is Boot's own data source
	 */
	public boolean isManaged() {
		return this.managed;
	}

	/**
	 * Whether there is more to wire than Boot's own data source.
	 * @return whether any database, replica or role is declared
	 */
	public boolean isRouted() {
		return this.managed || this.databases.values()
			.stream()
			.anyMatch((database) -> !database.replicas().isEmpty() || !database.roles().isEmpty());
	}

	/**
	 * Name of the database that everything without a database of its own uses.
	 * @return the name, or {@code null} if several databases are declared and none is
	 * named the default
	 */
	public @Nullable String getDefaultDatabase() {
		return this.defaultDatabase;
	}

	/**
	 * All databases in the order of their declaration.
	 * @return the databases, never empty
	 */
	public List<DatabaseDeclaration> getDatabases() {
		return List.copyOf(this.databases.values());
	}

	/**
	 * The databases and nodes that are declared.
	 * @return all databases
	 */
	Databases toDatabases() {
		return new Databases(getDatabases().stream().map(DatabaseDeclaration::toDatabase).toList(),
				String.valueOf(this.defaultDatabase));
	}

	/**
	 * A declared database.
	 *
	 * @param name its name
	 * @param hasUrl whether the url of its primary is declared
	 * @param packages packages whose entities and repositories belong to it
	 * @param roles database roles that a transaction may act as
	 * @param replicas its replicas in the order of their declaration
	 */
	public record DatabaseDeclaration(String name, boolean hasUrl, List<String> packages, List<String> roles,
			List<ReplicaDeclaration> replicas) {

		Database toDatabase() {
			List<Node> nodes = this.replicas.stream()
				.map((replica) -> Node.replica(this.name, replica.name(), replica.weight()))
				.toList();
			return new Database(this.name, Node.main(this.name), nodes, this.packages, this.roles);
		}

	}

	/**
	 * A declared replica.
	 *
	 * @param name its name
	 * @param hasUrl whether its url is declared
	 * @param weight share of the reads, beside the other replicas' weights
	 */
	public record ReplicaDeclaration(String name, boolean hasUrl, int weight) {

	}

	/**
	 * What is declared of embedded servers, read by name so that wiring data sources
	 * needs nothing of {@code io.uno.embedded}.
	 *
	 * @param replicas the number of replicas of each embedded database
	 * @param connected the databases that are not embedded, as they have a connection
	 */
	record EmbeddedDeclaration(int replicas, Set<String> connected) {

		static EmbeddedDeclaration from(Environment environment) {
			boolean enabled = environment.getProperty("uno.embedded.enabled", Boolean.class, false);
			int replicas = enabled ? environment.getProperty("uno.embedded.replicas", Integer.class, 0) : 0;
			return new EmbeddedDeclaration(replicas, ConnectedDatabases.from(environment));
		}

		int replicasOf(String database) {
			return this.connected.contains(database) ? 0 : this.replicas;
		}

	}

}
