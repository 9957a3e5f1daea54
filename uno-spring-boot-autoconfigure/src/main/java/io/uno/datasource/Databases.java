package io.uno.datasource;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * All databases of an application. Immutable, and so safe for use by many threads.
 *
 * <pre class="code">
 * for (Database database : databases.all()) {
 *     log.info("{} has {} replicas", database.name(), database.replicas().size());
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public final class Databases {

	private final Map<String, Database> databases;

	private final Database defaultDatabase;

	private final Map<String, Database> owners;

	/**
	 * Creates the set of all databases.
	 * @param databases the databases, in the order of their declaration
	 * @param defaultDatabase name of the one that everything without a database of its
	 * own uses
	 * @throws UnknownDatabaseException if none of them is called {@code defaultDatabase}
	 * @throws IllegalArgumentException if two of them have one name or claim one package
	 */
	public Databases(Collection<Database> databases, String defaultDatabase) {
		Map<String, Database> byName = new LinkedHashMap<>();
		Map<String, Database> byPackage = new LinkedHashMap<>();
		for (Database database : databases) {
			Assert.isNull(byName.put(database.name(), database),
					() -> "Two databases are called '%s'".formatted(database.name()));
			for (String claimed : database.packages()) {
				Database other = byPackage.put(claimed, database);
				Assert.isNull(other, () -> "Package '%s' is claimed by the databases '%s' and '%s'".formatted(claimed,
						(other != null) ? other.name() : null, database.name()));
			}
		}
		this.databases = Collections.unmodifiableMap(byName);
		this.owners = Map.copyOf(byPackage);
		this.defaultDatabase = get(defaultDatabase);
	}

	/**
	 * All databases, in the order of their declaration.
	 * @return the databases, never empty
	 */
	public List<Database> all() {
		return List.copyOf(this.databases.values());
	}

	/**
	 * Finds a database by its name.
	 * @param name the name, as in {@code uno.databases.<name>}
	 * @return the database
	 * @throws UnknownDatabaseException if there is none of this name
	 */
	public Database get(String name) {
		Database database = this.databases.get(name);
		if (database == null) {
			throw new UnknownDatabaseException(name, this.databases.keySet());
		}
		return database;
	}

	/**
	 * Returns the database that everything without a database of its own uses.
	 * @return the default database
	 */
	public Database getDefault() {
		return this.defaultDatabase;
	}

	/**
	 * Returns the database that an entity or a repository belongs to: the one that claims
	 * its package or the nearest package above it.
	 * @param type the entity or the repository
	 * @return its database, the default one when nobody claims its package
	 */
	public Database ownerOf(Class<?> type) {
		return claimantOf(type).orElse(this.defaultDatabase);
	}

	/**
	 * Returns the database that claims the package of an entity or a repository, or the
	 * nearest package above it.
	 * @param type the entity or the repository
	 * @return the database, empty when nobody claims its package
	 */
	public Optional<Database> claimantOf(Class<?> type) {
		String name = ClassUtils.getPackageName(type);
		while (!name.isEmpty()) {
			Database owner = this.owners.get(name);
			if (owner != null) {
				return Optional.of(owner);
			}
			name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
		}
		return Optional.empty();
	}

	@Override
	public String toString() {
		return "Databases" + this.databases.keySet();
	}

}
