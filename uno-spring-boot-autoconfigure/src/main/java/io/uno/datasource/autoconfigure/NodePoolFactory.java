package io.uno.datasource.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Node;
import io.uno.datasource.PoolSettings;
import io.uno.datasource.autoconfigure.DatabasesProperties.DatabaseProperties;
import io.uno.datasource.autoconfigure.DatabasesProperties.ReplicaProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Makes the pools of nodes. Nothing is connected to before the first connection is asked
 * for.
 */
final class NodePoolFactory {

	/**
	 * How long a read waits for a connection to a replica, where nobody says otherwise,
	 * before it goes elsewhere.
	 */
	static final Duration REPLICA_CONNECTION_TIMEOUT = Duration.ofSeconds(1);

	private final Environment environment;

	private final DatabasesProperties properties;

	private final List<DatabaseConnectionDetails> details;

	private final @Nullable JdbcConnectionDetails defaultDetails;

	NodePoolFactory(Environment environment, List<DatabaseConnectionDetails> details,
			@Nullable JdbcConnectionDetails defaultDetails) {
		this.environment = environment;
		this.properties = DatabasesProperties.from(environment);
		this.details = details;
		this.defaultDetails = defaultDetails;
	}

	/**
	 * The pool of a node of a database under {@code uno.databases}.
	 */
	HikariDataSource create(Node node) {
		DatabaseProperties database = properties(node);
		String prefix = "uno.databases." + node.database();
		HikariConfig config = new HikariConfig();
		bind("uno.hikari", config);
		bind(prefix + ".hikari", config);
		ConnectionSettings main = main(node.database(), prefix, database);
		if (!node.replica()) {
			main.applyTo(config, prefix);
			return pool(node, config);
		}
		ReplicaProperties replica = replica(database.replicas(), node);
		String replicaPrefix = prefix + ".replicas." + node.name();
		return replicaPool(node, config, main, replicaPrefix, replica, List.of("uno.hikari", prefix + ".hikari"));
	}

	/**
	 * The pool of a replica of Boot's own data source.
	 */
	HikariDataSource create(Node node, @Nullable HikariDataSource primary) {
		HikariConfig config = (primary != null) ? PoolSettings.copyOf(primary) : new HikariConfig();
		ConnectionSettings main = (primary != null) ? ConnectionSettings.of(primary)
				: ConnectionSettings.of(this.defaultDetails);
		bind("uno.hikari", config);
		return replicaPool(node, config, main, "uno.replicas." + node.name(), replica(this.properties.replicas(), node),
				List.of("spring.datasource.hikari", "uno.hikari"));
	}

	private HikariDataSource replicaPool(Node node, HikariConfig config, ConnectionSettings main, String prefix,
			ReplicaProperties replica, List<String> inheritedHikari) {
		bind(prefix + ".hikari", config);
		List<String> hikari = Stream.concat(inheritedHikari.stream(), Stream.of(prefix + ".hikari")).toList();
		unlessSet("connection-timeout", hikari,
				() -> config.setConnectionTimeout(REPLICA_CONNECTION_TIMEOUT.toMillis()));
		unlessSet("initialization-fail-timeout", hikari, () -> config.setInitializationFailTimeout(-1));
		ConnectionSettings own = detailsOf(node).map(ConnectionSettings::of)
			.orElseGet(() -> ConnectionSettings.of(replica));
		own.orElse(main).applyTo(config, prefix);
		return pool(node, config);
	}

	private void unlessSet(String setting, List<String> prefixes, Runnable action) {
		DeclaredProperties declared = new DeclaredProperties(this.environment);
		if (prefixes.stream().noneMatch((prefix) -> declared.named(prefix + "." + setting).isPresent())) {
			action.run();
		}
	}

	private HikariDataSource pool(Node node, HikariConfig config) {
		if (!StringUtils.hasText(config.getPoolName())) {
			config.setPoolName(node.id());
		}
		HikariDataSource pool = new HikariDataSource();
		config.copyStateTo(pool);
		return pool;
	}

	private ConnectionSettings main(String name, String prefix, DatabaseProperties database) {
		return this.details.stream()
			.filter((candidate) -> candidate.getDatabase().equals(name))
			.findFirst()
			.map(DatabaseConnectionDetails::getMain)
			.or(() -> isDefault(name) ? Optional.ofNullable(this.defaultDetails) : Optional.empty())
			.map(ConnectionSettings::of)
			.orElseGet(() -> ConnectionSettings.of(database));
	}

	private boolean isDefault(String name) {
		return name.equals(DatabaseDeclarations.from(this.environment).getDefaultDatabase());
	}

	private Optional<JdbcConnectionDetails> detailsOf(Node replica) {
		return this.details.stream()
			.filter((candidate) -> candidate.getDatabase().equals(replica.database()))
			.map((candidate) -> candidate.getReplicas().get(replica.name()))
			.filter(Objects::nonNull)
			.findFirst();
	}

	private DatabaseProperties properties(Node node) {
		return Objects.requireNonNull(this.properties.databases().get(node.database()));
	}

	private static ReplicaProperties replica(Map<String, ReplicaProperties> replicas, Node node) {
		return replicas.getOrDefault(node.name(),
				new ReplicaProperties(null, null, null, null, node.weight(), Map.of()));
	}

	private void bind(String prefix, HikariConfig config) {
		Binder.get(this.environment).bind(prefix, Bindable.ofInstance(config));
	}

	/**
	 * Where a node is and who connects to it.
	 */
	private record ConnectionSettings(@Nullable String url, @Nullable String username, @Nullable String password,
			@Nullable String driverClassName) {

		static ConnectionSettings of(DatabaseProperties database) {
			return new ConnectionSettings(database.url(), database.username(), database.password(),
					database.driverClassName());
		}

		static ConnectionSettings of(ReplicaProperties replica) {
			return new ConnectionSettings(replica.url(), replica.username(), replica.password(),
					replica.driverClassName());
		}

		static ConnectionSettings of(@Nullable JdbcConnectionDetails details) {
			return (details == null) ? new ConnectionSettings(null, null, null, null) : new ConnectionSettings(
					details.getJdbcUrl(), details.getUsername(), details.getPassword(), details.getDriverClassName());
		}

		static ConnectionSettings of(HikariConfig config) {
			return new ConnectionSettings(null, config.getUsername(), config.getPassword(),
					config.getDriverClassName());
		}

		/**
		 * These settings, with what they leave out taken from the primary's. The url is
		 * the replica's own.
		 */
		ConnectionSettings orElse(ConnectionSettings main) {
			return new ConnectionSettings(this.url, (this.username != null) ? this.username : main.username,
					(this.password != null) ? this.password : main.password,
					(this.driverClassName != null) ? this.driverClassName : main.driverClassName);
		}

		void applyTo(HikariConfig config, String prefix) {
			boolean ownDriver = config.getDataSourceClassName() != null;
			if (!StringUtils.hasText(this.url) && !ownDriver) {
				throw missingUrl(prefix);
			}
			if (this.url != null) {
				config.setJdbcUrl(this.url);
			}
			if (this.username != null) {
				config.setUsername(this.username);
			}
			if (this.password != null) {
				config.setPassword(this.password);
			}
			if (!ownDriver) {
				applyDriver(config, prefix);
			}
		}

		private void applyDriver(HikariConfig config, String prefix) {
			String driver = StringUtils.hasText(this.driverClassName) ? this.driverClassName
					: DatabaseDriver.fromJdbcUrl(this.url).getDriverClassName();
			if (driver == null) {
				return;
			}
			if (!ClassUtils.isPresent(driver, null)) {
				throw missingDriver(prefix, driver);
			}
			config.setDriverClassName(driver);
		}

		private InvalidDatabasesException missingDriver(String prefix, String driver) {
			boolean named = StringUtils.hasText(this.driverClassName);
			return new InvalidDatabasesException(prefix + (named ? ".driver-class-name" : ".url"),
					"needs the driver '%s', which is not on the class path".formatted(driver),
					"Add the dependency that brings the driver, such as 'org.postgresql:postgresql' for PostgreSQL.",
					"Correct '%s'.".formatted(prefix + (named ? ".driver-class-name" : ".url")));
		}

		private static InvalidDatabasesException missingUrl(String prefix) {
			return new InvalidDatabasesException(prefix + ".url", "is missing",
					"Set it to the JDBC URL of the server, such as 'jdbc:postgresql://localhost/shop'.",
					"Set 'uno.embedded.enabled' to true for a PostgreSQL server that uno starts itself, in a test with @EmbeddedPostgres.",
					"Give a container to it: @ServiceConnection for the default database, @DatabaseConnection for another.");
		}

	}

}
