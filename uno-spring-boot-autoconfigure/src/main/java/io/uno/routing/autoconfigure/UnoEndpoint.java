package io.uno.routing.autoconfigure;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.NodeState;
import io.uno.datasource.autoconfigure.ReadsProperties;
import io.uno.routing.RoutingDataSource;
import io.uno.routing.autoconfigure.RecentRoutes.RecentRoute;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/**
 * Actuator endpoint that tells of all databases and their nodes, of the settings that are
 * in effect and of the last routes. It changes nothing, and tells no url, no user, no
 * password and no setting that may hold one. Safe for use by many threads.
 *
 * @since 0.1.0
 */
@Endpoint(id = "uno")
public final class UnoEndpoint {

	private final Databases databases;

	private final NodeMonitor monitor;

	private final DataSource dataSource;

	private final Function<String, ReadsProperties> reads;

	private final RecentRoutes recentRoutes;

	UnoEndpoint(Databases databases, NodeMonitor monitor, DataSource dataSource,
			Function<String, ReadsProperties> reads, RecentRoutes recentRoutes) {
		this.databases = databases;
		this.monitor = monitor;
		this.dataSource = dataSource;
		this.reads = reads;
		this.recentRoutes = recentRoutes;
	}

	/**
	 * Tells of all databases. Asks each primary at once, over its pool and for as long as
	 * that waits for a connection; replicas are asked at their interval.
	 * @return what is known now; no database if something replaced the data source, so
	 * that none of them is used
	 */
	@ReadOperation
	public UnoDescriptor uno() {
		Map<Object, DataSource> pools = pools();
		Map<String, DatabaseDescriptor> descriptors = new LinkedHashMap<>();
		if (!pools.isEmpty()) {
			this.databases.all().forEach((database) -> descriptors.put(database.name(), describe(database, pools)));
		}
		return new UnoDescriptor(!pools.isEmpty(), this.databases.getDefault().name(), descriptors,
				this.recentRoutes.newestFirst().stream().map(RouteDescriptor::of).toList());
	}

	private Map<Object, DataSource> pools() {
		try {
			return this.dataSource.isWrapperFor(RoutingDataSource.class)
					? this.dataSource.unwrap(RoutingDataSource.class).getResolvedDataSources() : Map.of();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look into data source " + this.dataSource, ex);
		}
	}

	private DatabaseDescriptor describe(Database database, Map<Object, DataSource> pools) {
		Map<String, NodeDescriptor> nodes = new LinkedHashMap<>();
		for (Node node : database.nodes()) {
			DataSource pool = Objects.requireNonNull(pools.get(node.id()));
			NodeState state = node.replica() ? this.monitor.stateOf(node) : this.monitor.ask(node, pool);
			nodes.put(node.name(), NodeDescriptor.of(node, state, pool));
		}
		return new DatabaseDescriptor(database.packages(), database.roles(),
				ReadsDescriptor.of(this.reads.apply(database.name())), nodes);
	}

	/**
	 * What is known of all databases. Immutable.
	 *
	 * @param routed whether statements are routed; not where something replaced the data
	 * source
	 * @param defaultDatabase name of the database that everything without a database of
	 * its own uses
	 * @param databases the databases by name, in the order of their declaration
	 * @param recentRoutes the routes that were chosen last, the newest first
	 */
	public record UnoDescriptor(boolean routed, String defaultDatabase, Map<String, DatabaseDescriptor> databases,
			List<RouteDescriptor> recentRoutes) implements OperationResponseBody {

	}

	/**
	 * A database. Immutable.
	 *
	 * @param packages packages whose entities and repositories belong to it
	 * @param roles database roles that a transaction may act as
	 * @param reads how its reads find their replicas
	 * @param nodes its nodes by name, {@code main} first
	 */
	public record DatabaseDescriptor(List<String> packages, List<String> roles, ReadsDescriptor reads,
			Map<String, NodeDescriptor> nodes) {

	}

	/**
	 * A node. Immutable.
	 *
	 * @param replica whether it is configured as a replica
	 * @param duty what it does at present: {@code primary}, {@code replica} or
	 * {@code unknown}
	 * @param state {@code up}, {@code lagging}, {@code refused} or {@code unreachable}
	 * @param since when it came into that state, or changed its duty
	 * @param problem why it is not up, {@code null} while it is
	 * @param lag by how much it is behind its primary, {@code null} if that is not known
	 * @param lagBytes how much of the primary's log it has yet to replay, in bytes,
	 * {@code null} if that is not known
	 * @param weight share of the reads, {@code null} for a node that is not a replica
	 * @param pool its connection pool, {@code null} if that is not Hikari's
	 */
	public record NodeDescriptor(boolean replica, String duty, String state, Instant since, @Nullable String problem,
			@Nullable Duration lag, @Nullable Long lagBytes, @Nullable Integer weight, @Nullable PoolDescriptor pool) {

		private static NodeDescriptor of(Node node, NodeState state, DataSource pool) {
			return new NodeDescriptor(node.replica(), state.duty().toString(), state.status().toString(), state.since(),
					state.problem(), state.lag(), state.lagBytes(), node.replica() ? node.weight() : null,
					PoolDescriptor.of(pool));
		}

	}

	/**
	 * Settings of a pool that are in effect, all times in milliseconds, under the names
	 * that Hikari has for them. Immutable.
	 *
	 * @param name its name, {@code null} if Hikari has yet to make one up
	 * @param minimumIdle connections that are kept open
	 * @param maximumPoolSize connections that it opens at most
	 * @param connectionTimeout how long a caller waits for a connection
	 * @param validationTimeout how long a connection may take to prove itself alive
	 * @param idleTimeout how long a connection beyond {@code minimumIdle} may be idle
	 * @param maxLifetime how long a connection lives
	 * @param keepaliveTime how often an idle connection is used to keep it alive
	 * @param leakDetectionThreshold how long a connection may be in use before a warning,
	 * {@code 0} for any time
	 * @param initializationFailTimeout how long opening the pool may take, less than zero
	 * if it opens without a connection
	 * @param autoCommit whether connections begin in autocommit mode
	 * @param readOnly whether connections begin read-only
	 * @param transactionIsolation isolation of its transactions, {@code null} for the
	 * server's default
	 * @param catalog catalog of its connections, {@code null} for the driver's default
	 * @param schema schema of its connections, {@code null} for the driver's default
	 */
	public record PoolDescriptor(@Nullable String name, int minimumIdle, int maximumPoolSize, long connectionTimeout,
			long validationTimeout, long idleTimeout, long maxLifetime, long keepaliveTime, long leakDetectionThreshold,
			long initializationFailTimeout, boolean autoCommit, boolean readOnly, @Nullable String transactionIsolation,
			@Nullable String catalog, @Nullable String schema) {

		private static @Nullable PoolDescriptor of(DataSource pool) {
			HikariDataSource hikari = DataSourceUnwrapper.unwrap(pool, HikariConfigMXBean.class,
					HikariDataSource.class);
			return (hikari != null) ? of(hikari) : null;
		}

		private static PoolDescriptor of(HikariDataSource pool) {
			int maximum = pool.getMaximumPoolSize();
			// a pool that is not open yet has not put in what it has for a missing value
			int idle = (pool.getMinimumIdle() < 0) ? maximum : pool.getMinimumIdle();
			return new PoolDescriptor(pool.getPoolName(), idle, maximum, pool.getConnectionTimeout(),
					pool.getValidationTimeout(), pool.getIdleTimeout(), pool.getMaxLifetime(), pool.getKeepaliveTime(),
					pool.getLeakDetectionThreshold(), pool.getInitializationFailTimeout(), pool.isAutoCommit(),
					pool.isReadOnly(), pool.getTransactionIsolation(), pool.getCatalog(), pool.getSchema());
		}

	}

	/**
	 * How the reads of a database find their replicas, as it is in effect. Immutable.
	 *
	 * @param freshness what a read demands that says nothing itself
	 * @param replicas which reads may go to a replica: {@code all} or {@code marked}
	 * @param balancing which of several replicas answers: {@code round-robin} or
	 * {@code least-busy}
	 * @param catchUpTimeout how long a read waits for a replica to catch up
	 * @param ownWritesWindow for how long after a write its caller reads from the primary
	 * where the servers tell no positions
	 * @param maxLag by how much a replica may be behind before nothing is read from it
	 * @param probeInterval time between two questions to a node how it is
	 * @param probeTimeout how long a node may take to answer
	 */
	public record ReadsDescriptor(String freshness, String replicas, String balancing, Duration catchUpTimeout,
			Duration ownWritesWindow, Duration maxLag, Duration probeInterval, Duration probeTimeout) {

		private static ReadsDescriptor of(ReadsProperties reads) {
			return new ReadsDescriptor(reads.freshness(), RouteCode.of(reads.replicas()),
					RouteCode.of(reads.balancing()), reads.catchUpTimeout(), reads.ownWritesWindow(), reads.maxLag(),
					reads.probeInterval(), reads.probeTimeout());
		}

	}

	/**
	 * A route that was chosen. Immutable.
	 *
	 * @param time when it was chosen
	 * @param database name of the database
	 * @param node id of the node, such as {@code atlas.east}
	 * @param access {@code read} or {@code write}
	 * @param reason code of the reason why it is this node, such as
	 * {@code replica-in-turn}
	 * @param databaseReason code of the reason why it is this database, such as
	 * {@code annotation}
	 */
	public record RouteDescriptor(Instant time, String database, String node, String access, String reason,
			String databaseReason) {

		private static RouteDescriptor of(RecentRoute recent) {
			return new RouteDescriptor(recent.time(), recent.route().database(), recent.route().node().id(),
					RouteCode.of(recent.route().access()), RouteCode.of(recent.route().reason()),
					RouteCode.of(recent.route().databaseReason()));
		}

	}

}
