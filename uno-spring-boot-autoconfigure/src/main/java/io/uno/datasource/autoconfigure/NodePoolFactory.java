package io.uno.datasource.autoconfigure;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.UtilityElf;
import io.uno.datasource.Node;
import io.uno.datasource.NodeFailures;
import io.uno.datasource.PoolSettings;
import io.uno.datasource.autoconfigure.DatabasesProperties.DatabaseProperties;
import io.uno.datasource.autoconfigure.DatabasesProperties.ReplicaProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
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

	private final NodeDriver driver;

	private final DatabasesProperties properties;

	private final List<DatabaseConnectionDetails> details;

	private final @Nullable JdbcConnectionDetails defaultDetails;

	NodePoolFactory(Environment environment, List<DatabaseConnectionDetails> details,
			@Nullable JdbcConnectionDetails defaultDetails) {
		this.environment = environment;
		this.driver = new NodeDriver(new DeclaredProperties(environment));
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
		HikariConfig pool = new HikariConfig();
		bind("uno.hikari", pool);
		ConnectionSettings.of(database).applyTo(pool, prefix, this.driver);
		bind(prefix + ".hikari", pool);
		mainDetails(node.database()).map(ConnectionSettings::of)
			.ifPresent((details) -> details.applyTo(pool, prefix, this.driver));
		return node.replica()
				? replicaPool(node, pool, prefix, database.replicas(), List.of("uno.hikari", prefix + ".hikari"))
				: finished(node, pool, prefix);
	}

	/**
	 * The pool of a replica of Boot's own data source.
	 */
	HikariDataSource create(Node node, @Nullable HikariDataSource primary) {
		HikariConfig pool = (primary != null) ? PoolSettings.copyOf(primary) : new HikariConfig();
		if (primary == null && this.defaultDetails != null) {
			ConnectionSettings.of(this.defaultDetails).applyTo(pool, "spring.datasource", this.driver);
		}
		bind("uno.hikari", pool);
		return replicaPool(node, pool, "uno", this.properties.replicas(),
				List.of("spring.datasource.hikari", "uno.hikari"));
	}

	private HikariDataSource replicaPool(Node node, HikariConfig pool, String parent,
			Map<String, ReplicaProperties> replicas, List<String> inheritedHikari) {
		String prefix = parent + ".replicas." + node.name();
		String hikari = prefix + ".hikari";
		forgetPrimary(pool);
		if (!isSet("connection-timeout", inheritedHikari, hikari)) {
			pool.setConnectionTimeout(REPLICA_CONNECTION_TIMEOUT.toMillis());
		}
		if (!isSet("initialization-fail-timeout", inheritedHikari, hikari)) {
			pool.setInitializationFailTimeout(-1);
		}
		if (!isSet("read-only", inheritedHikari, hikari)) {
			pool.setReadOnly(true);
		}
		ConnectionSettings.of(replica(replicas, node)).applyTo(pool, prefix, this.driver);
		bind(hikari, pool);
		detailsOf(node).map(ConnectionSettings::of).ifPresent((details) -> details.applyTo(pool, prefix, this.driver));
		return finished(node, pool, prefix);
	}

	/**
	 * What leads to the primary itself, and its name, are nothing to inherit; nor are
	 * serializable transactions, which a standby refuses and the primary gets.
	 */
	private static void forgetPrimary(HikariConfig pool) {
		pool.setPoolName(null);
		pool.setJdbcUrl(null);
		pool.setDataSource(null);
		pool.setDataSourceClassName(null);
		pool.setDataSourceJNDI(null);
		if (UtilityElf.getTransactionIsolation(pool.getTransactionIsolation()) == Connection.TRANSACTION_SERIALIZABLE) {
			pool.setTransactionIsolation(null);
		}
	}

	private boolean isSet(String setting, List<String> inherited, String own) {
		DeclaredProperties declared = new DeclaredProperties(this.environment);
		return Stream.concat(inherited.stream(), Stream.of(own))
			.anyMatch((prefix) -> declared.named(prefix + "." + setting).isPresent());
	}

	private HikariDataSource finished(Node node, HikariConfig config, String prefix) {
		if (!StringUtils.hasText(config.getPoolName())) {
			config.setPoolName(node.id());
		}
		if (config.getDataSource() == null && config.getDataSourceClassName() == null
				&& config.getDataSourceJNDI() == null) {
			this.driver.complete(config, prefix);
			DriverSettings.complete(config);
		}
		NodeFailures.noteIn(config, node);
		HikariDataSource pool = new NodePool();
		config.copyStateTo(pool);
		return pool;
	}

	private Optional<JdbcConnectionDetails> mainDetails(String name) {
		return this.details.stream()
			.filter((candidate) -> candidate.getDatabase().equals(name))
			.findFirst()
			.map(DatabaseConnectionDetails::getMain)
			.or(() -> isDefault(name) ? Optional.ofNullable(this.defaultDetails) : Optional.empty());
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

	private void bind(String prefix, HikariConfig pool) {
		Binder.get(this.environment).bind(ConfigurationPropertyName.adapt(prefix, '.'), Bindable.ofInstance(pool));
	}

}
