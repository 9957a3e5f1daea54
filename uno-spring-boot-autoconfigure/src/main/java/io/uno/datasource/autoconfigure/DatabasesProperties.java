package io.uno.datasource.autoconfigure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.uno.datasource.autoconfigure.ReadsProperties.DatabaseReadsProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * What {@code application.yml} says of databases and replicas. Immutable.
 *
 * @param defaultDatabase name of the database that everything without a database of its
 * own uses. May be left out when there is only one.
 * @param databases databases by name. Each has a primary and any number of replicas.
 * @param replicas replicas of the application's single database, by name, when that is
 * Spring Boot's own data source.
 * @param roles database roles that a transaction may act as, on every database.
 * @param hikari settings of every connection pool, under the names that
 * spring.datasource.hikari has.
 * @param flyway settings of every database's migrations, under the names that
 * spring.flyway has.
 * @since 0.1.0
 */
@ConfigurationProperties("uno")
public record DatabasesProperties(@Nullable String defaultDatabase,
		@DefaultValue Map<String, DatabaseProperties> databases, @DefaultValue Map<String, ReplicaProperties> replicas,
		@DefaultValue List<String> roles, @DefaultValue Map<String, String> hikari,
		@DefaultValue Map<String, String> flyway) {

	public DatabasesProperties {
		databases = named(databases);
		replicas = named(replicas);
		roles = List.copyOf(roles);
		hikari = ordered(hikari);
		flyway = ordered(flyway);
	}

	static DatabasesProperties from(Environment environment) {
		return Binder.get(environment).bindOrCreate("uno", DatabasesProperties.class);
	}

	private static <V> Map<String, V> ordered(Map<String, V> map) {
		return Collections.unmodifiableMap(new LinkedHashMap<>(map));
	}

	/**
	 * The entries in their order. An environment variable can't spell a dash in a name,
	 * so that {@code UNO_DATABASES_MYSHOP_URL} comes as an entry of its own beside
	 * {@code my-shop}, with the same values.
	 */
	private static <V> Map<String, V> named(Map<String, V> map) {
		Map<String, V> named = new LinkedHashMap<>(map);
		map.keySet().stream().map(DatabasesProperties::plain).distinct().forEach((plain) -> {
			if (map.keySet().stream().filter((name) -> plain(name).equals(plain)).count() > 1) {
				named.remove(plain);
			}
		});
		return Collections.unmodifiableMap(named);
	}

	private static String plain(String name) {
		return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Tells everything but passwords, which the settings of pools and migrations may
	 * hold.
	 */
	@Override
	public String toString() {
		return "DatabasesProperties[defaultDatabase=" + this.defaultDatabase + ", databases=" + this.databases
				+ ", replicas=" + this.replicas + ", roles=" + this.roles + "]";
	}

	/**
	 * One database: where its primary is, what belongs to it, and its replicas.
	 *
	 * @param url JDBC URL of the primary.
	 * @param username user that the application connects as.
	 * @param password password of that user.
	 * @param driverClassName driver, when it cannot be told from the URL.
	 * @param packages packages whose entities and repositories, also those below it,
	 * belong to this database.
	 * @param roles database roles that a transaction on this database may act as, beside
	 * those of uno.roles.
	 * @param hikari settings of this database's connection pools, under the names that
	 * spring.datasource.hikari has.
	 * @param flyway settings of this database's migrations, under the names that
	 * spring.flyway has.
	 * @param replicas replicas of this database by name.
	 * @param reads how reads of this database find their replicas, where that differs
	 * from uno.reads.
	 */
	public record DatabaseProperties(@Nullable String url, @Nullable String username, @Nullable String password,
			@Nullable String driverClassName, @DefaultValue List<String> packages, @DefaultValue List<String> roles,
			@DefaultValue Map<String, String> hikari, @DefaultValue Map<String, String> flyway,
			@DefaultValue Map<String, ReplicaProperties> replicas, @Nullable DatabaseReadsProperties reads) {

		public DatabaseProperties {
			packages = List.copyOf(packages);
			roles = List.copyOf(roles);
			hikari = ordered(hikari);
			flyway = ordered(flyway);
			replicas = named(replicas);
		}

		/**
		 * Tells everything but the password, and the url that may hold one.
		 */
		@Override
		public String toString() {
			return "DatabaseProperties[username=" + this.username + ", packages=" + this.packages + ", roles="
					+ this.roles + ", replicas=" + this.replicas + "]";
		}

	}

	/**
	 * One replica. What it leaves out it has from its primary.
	 *
	 * @param url JDBC URL of the replica.
	 * @param username user that the application connects as; the primary's when left out.
	 * @param password password of that user; the primary's when left out.
	 * @param driverClassName driver; the primary's when left out.
	 * @param weight share of the reads, beside the other replicas' weights. Two gets
	 * twice as many as one.
	 * @param hikari settings of this replica's connection pool where they differ from its
	 * primary's, under the names that spring.datasource.hikari has.
	 */
	public record ReplicaProperties(@Nullable String url, @Nullable String username, @Nullable String password,
			@Nullable String driverClassName, @DefaultValue("1") int weight, @DefaultValue Map<String, String> hikari) {

		public ReplicaProperties {
			hikari = ordered(hikari);
		}

		/**
		 * Tells everything but the password, and the url that may hold one.
		 */
		@Override
		public String toString() {
			return "ReplicaProperties[username=" + this.username + ", weight=" + this.weight + "]";
		}

	}

}
