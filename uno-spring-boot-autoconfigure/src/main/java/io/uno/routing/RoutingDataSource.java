package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.routing.DatabaseRule.Work;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.function.SingletonSupplier;

/**
 * All nodes of all databases behind one {@link DataSource}. Its connections choose their
 * node at the first statement, when the transaction is known: read-only transactions go
 * to a replica in turn, everything else to the primary. {@link #unwrap(Class) Unwrapping}
 * leads to the default database's primary.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public class RoutingDataSource extends AbstractRoutingDataSource {

	private static final Log logger = LogFactory.getLog(RoutingDataSource.class);

	private final Databases databases;

	private final DatabaseClaims claims;

	private final Routes routes;

	private final WriteCommit commits;

	private final Map<String, ReplicaReads> reads;

	private final Map<String, DatabaseFacts> facts;

	private final List<RouteListener> listeners;

	private final Map<Node, SingletonSupplier<DataSource>> pools;

	/**
	 * Creates a router.
	 * @param databases all databases
	 * @param claims tells which of them the current thread works on
	 * @param monitor tells which replicas are within reach
	 * @param pools finds the pool of a node, asked once for each when its first
	 * connection is opened
	 * @param settings what else there is to know
	 */
	@SuppressWarnings("this-escape") // nothing of it is called before it is complete
	public RoutingDataSource(Databases databases, DatabaseClaims claims, NodeMonitor monitor,
			Function<Node, DataSource> pools, RoutingSettings settings) {
		this.databases = databases;
		this.claims = claims;
		this.listeners = settings.listeners();
		this.routes = new Routes(databases);
		this.commits = new WriteCommit(claims, monitor, settings.listeners());
		this.reads = databases.all()
			.stream()
			.filter((database) -> !database.replicas().isEmpty())
			.collect(Collectors.toUnmodifiableMap(Database::name,
					(database) -> new ReplicaReads(database, this, monitor, claims.positions(), settings)));
		this.facts = databases.all()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Database::name,
					(database) -> new DatabaseFacts(() -> pool(database.main()))));
		this.pools = snapshot(databases, pools);
		setLenientFallback(false);
	}

	/**
	 * Each pool by itself: a replica's is made from the primary's, which is looked for
	 * here.
	 */
	private static Map<Node, SingletonSupplier<DataSource>> snapshot(Databases databases,
			Function<Node, DataSource> pools) {
		return databases.all()
			.stream()
			.flatMap((database) -> database.nodes().stream())
			.collect(Collectors.toUnmodifiableMap(Function.identity(),
					(node) -> SingletonSupplier.of(() -> pools.apply(node))));
	}

	/**
	 * Does nothing: targets come from a snapshot of this class, as those of the base
	 * class can't be exchanged while connections are asked for.
	 */
	@Override
	public void afterPropertiesSet() {
	}

	@Override
	public Map<Object, DataSource> getResolvedDataSources() {
		Map<Object, DataSource> resolved = new LinkedHashMap<>();
		this.databases.all()
			.forEach((database) -> database.nodes().forEach((node) -> resolved.put(node.id(), pool(node))));
		return resolved;
	}

	@Override
	public DataSource getResolvedDefaultDataSource() {
		return pool(this.databases.getDefault().main());
	}

	/**
	 * Returns a connection that has no node yet.
	 * @return a connection that chooses its node at the first statement
	 */
	@Override
	public Connection getConnection() {
		return new RoutedConnection(this, null);
	}

	/**
	 * A connection that works on one database, whatever is claimed around it. Inside a
	 * transaction its first statement claims the database.
	 */
	Connection getConnection(Database database) {
		return new RoutedConnection(this, this.claims.choice(database, DatabaseReason.SCOPE));
	}

	/**
	 * Refused, as every node's pool has its own user.
	 */
	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException(
				"A connection for a given user can't be routed; every node's pool has its own user");
	}

	/**
	 * The node of the running transaction, or the default database's primary when none
	 * has been routed.
	 */
	@Override
	protected Object determineCurrentLookupKey() {
		return currentNode().id();
	}

	@Override
	protected DataSource determineTargetDataSource() {
		return pool(currentNode());
	}

	private Node currentNode() {
		return this.claims.currentRoute().map(Route::node).orElseGet(() -> this.databases.getDefault().main());
	}

	/**
	 * Leads to the default database's primary, whatever is running. That is also what
	 * {@link DataSource} itself leads to, from which Boot derives another one for
	 * Flyway's own user.
	 */
	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type == DataSource.class) {
			return type.cast(getResolvedDefaultDataSource());
		}
		return type.isInstance(this) ? type.cast(this) : getResolvedDefaultDataSource().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || getResolvedDefaultDataSource().isWrapperFor(type);
	}

	DatabaseFacts facts(String database) {
		return Objects.requireNonNull(this.facts.get(database));
	}

	DatabaseChoice currentDatabase(Access access) {
		return this.claims.current((access == Access.READ) ? Work.READ : Work.WRITE);
	}

	WriteCommit commits() {
		return this.commits;
	}

	/**
	 * Whether what a route has written is carried on to replicas.
	 */
	boolean isReplicated(Route route) {
		return route.access() == Access.WRITE && this.reads.containsKey(route.database());
	}

	boolean isWriteSuspended(Database database) {
		return this.claims.isWriteSuspended(database);
	}

	/**
	 * Connections of a node that are in use now.
	 */
	int activeConnections(Node node) {
		try {
			HikariPoolMXBean pool = pool(node).unwrap(HikariDataSource.class).getHikariPoolMXBean();
			return (pool != null) ? pool.getActiveConnections() : 0;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(
					"The pool of %s can't tell how busy it is, as it is not HikariCP's; choose another 'uno.reads.balancing'"
						.formatted(node),
					ex);
		}
	}

	TransactionContext currentContext() {
		return this.claims.currentContext();
	}

	/**
	 * Opens a connection to the node of the running transaction, or to the one that this
	 * statement is routed to.
	 */
	FetchedConnection fetch(DatabaseChoice choice, Access access, @Nullable Integer isolation) throws SQLException {
		TransactionRoute transaction = this.claims.transaction();
		if (transaction != null) {
			transaction.claim(choice);
		}
		Route kept = (transaction != null) ? transaction.route() : null;
		if (kept != null) {
			return connect(kept).untold();
		}
		FetchedConnection fetched = choose(choice, access, isolation);
		if (transaction != null) {
			transaction.keep(choice, fetched.route());
		}
		tell(fetched);
		return fetched;
	}

	private void tell(FetchedConnection fetched) throws SQLException {
		// the bridge to SLF4J makes a text of every message, also of one that nobody
		// reads
		if (logger.isDebugEnabled()) {
			logger.debug("Route: " + fetched.route());
		}
		int told = 0;
		try {
			for (RouteListener listener : this.listeners) {
				listener.routed(fetched.route());
				told++;
			}
		}
		catch (RuntimeException ex) {
			fetched.connection().close();
			this.listeners.subList(0, told).forEach((listener) -> listener.released(fetched.route()));
			throw ex;
		}
	}

	/**
	 * Whether a connection was opened for the transaction that is running, or for none
	 * and none is.
	 */
	boolean isOfCurrentTransaction(FetchedConnection fetched) {
		return fetched.transaction() == this.claims.transaction();
	}

	private FetchedConnection choose(DatabaseChoice choice, Access access, @Nullable Integer isolation)
			throws SQLException {
		Database database = choice.database();
		if (access == Access.WRITE) {
			return connect(database.main(), RouteReason.WRITE, choice.reason());
		}
		ReplicaReads replicas = this.reads.get(database.name());
		if (replicas == null) {
			return connect(database.main(), RouteReason.NO_REPLICA, choice.reason());
		}
		if (isSerializable(database, isolation)) {
			return connect(database.main(), RouteReason.SERIALIZABLE, choice.reason());
		}
		return replicas.fetch(this.claims.scope(), choice.reason());
	}

	private boolean isSerializable(Database database, @Nullable Integer isolation) throws SQLException {
		return (isolation != null) ? isolation == Connection.TRANSACTION_SERIALIZABLE
				: facts(database.name()).isSerializableByPool();
	}

	FetchedConnection connect(Node node, RouteReason reason, DatabaseReason databaseReason) throws SQLException {
		return connect(this.routes.to(node, reason, databaseReason));
	}

	private FetchedConnection connect(Route route) throws SQLException {
		DataSource pool = pool(route.node());
		try {
			return new FetchedConnection(pool.getConnection(), route, this.claims.transaction(), true);
		}
		catch (SQLException ex) {
			throw AcquisitionFailure.at(route.node(), pool, ex);
		}
	}

	void closeQuietly(FetchedConnection unused) {
		try {
			unused.connection().close();
		}
		catch (SQLException ex) {
			logger.debug("Failed to close a connection to %s that could not be used".formatted(unused.route().node()),
					ex);
		}
	}

	/**
	 * Tells that a connection is no longer used for its route, to whom it was told of.
	 */
	void released(FetchedConnection fetched) {
		if (!fetched.told()) {
			return;
		}
		for (RouteListener listener : this.listeners) {
			listener.released(fetched.route());
		}
	}

	DataSource pool(Node node) {
		SingletonSupplier<DataSource> pool = this.pools.get(node);
		if (pool == null) {
			throw new IllegalStateException("No pool for node '%s'; known: %s".formatted(node, this.pools.keySet()));
		}
		return pool.obtain();
	}

	@Override
	public String toString() {
		return "RoutingDataSource"
				+ this.databases.all().stream().flatMap((database) -> database.nodes().stream()).toList();
	}

	/**
	 * A connection to a node, and why it leads there.
	 *
	 * @param connection the node's connection
	 * @param route the choice of the node
	 * @param transaction the transaction that it was opened for, {@code null} for none
	 * @param told whether listeners are told of it, and not only of another one that the
	 * transaction has on the same route
	 */
	record FetchedConnection(Connection connection, Route route, @Nullable TransactionRoute transaction, boolean told) {

		FetchedConnection untold() {
			return new FetchedConnection(this.connection, this.route, this.transaction, false);
		}

	}

}
