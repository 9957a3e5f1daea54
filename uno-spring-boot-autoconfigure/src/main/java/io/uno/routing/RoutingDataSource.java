package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
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

	private final NodeMonitor monitor;

	private final Map<String, ReplicaRotation> rotations;

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
	 * @param listeners are told of every route
	 */
	@SuppressWarnings("this-escape") // nothing of it is called before it is complete
	public RoutingDataSource(Databases databases, DatabaseClaims claims, NodeMonitor monitor,
			Function<Node, DataSource> pools, List<RouteListener> listeners) {
		this.databases = databases;
		this.claims = claims;
		this.monitor = monitor;
		this.listeners = List.copyOf(listeners);
		this.rotations = databases.all()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Database::name,
					(database) -> new ReplicaRotation(database.replicas())));
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
		return new RoutedConnection(this, database);
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

	private static <V> V require(Map<String, V> byDatabase, Database database) {
		return Objects.requireNonNull(byDatabase.get(database.name()));
	}

	Database currentDatabase() {
		return this.claims.current();
	}

	TransactionContext currentContext() {
		return this.claims.currentContext();
	}

	/**
	 * Opens a connection to the node of the running transaction, or to the one that this
	 * statement is routed to.
	 */
	FetchedConnection fetch(Database database, Access access, @Nullable Integer isolation) throws SQLException {
		TransactionRoute transaction = this.claims.transaction();
		if (transaction != null) {
			transaction.claim(database);
		}
		Route kept = (transaction != null) ? transaction.route() : null;
		if (kept != null) {
			return connect(kept);
		}
		FetchedConnection fetched = choose(database, access, isolation);
		if (transaction != null) {
			transaction.keep(database, fetched.route());
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
		try {
			this.listeners.forEach((listener) -> listener.routed(fetched.route()));
		}
		catch (RuntimeException ex) {
			fetched.connection().close();
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

	private FetchedConnection choose(Database database, Access access, @Nullable Integer isolation)
			throws SQLException {
		if (access == Access.WRITE) {
			return connect(new Route(database.main(), access, RouteReason.WRITE));
		}
		if (database.replicas().isEmpty()) {
			return connect(new Route(database.main(), access, RouteReason.NO_REPLICA));
		}
		if (isSerializable(database, isolation)) {
			return connect(new Route(database.main(), access, RouteReason.SERIALIZABLE));
		}
		return chooseReplica(database);
	}

	private boolean isSerializable(Database database, @Nullable Integer isolation) throws SQLException {
		return (isolation != null) ? isolation == Connection.TRANSACTION_SERIALIZABLE
				: facts(database.name()).isSerializableByPool();
	}

	private FetchedConnection chooseReplica(Database database) throws SQLException {
		boolean busy = false;
		for (Node replica : require(this.rotations, database).takeTurn()) {
			if (!this.monitor.stateOf(replica).isUp()) {
				continue;
			}
			try {
				return connect(new Route(replica, Access.READ, RouteReason.REPLICA_IN_TURN));
			}
			catch (SQLException ex) {
				busy |= isBusy(replica, ex);
			}
		}
		return connect(new Route(database.main(), Access.READ,
				busy ? RouteReason.REPLICAS_BUSY : RouteReason.REPLICAS_UNREACHABLE));
	}

	/**
	 * Hikari gives the last failure to connect as the cause of a timeout, and none when
	 * all connections are merely in use.
	 */
	private boolean isBusy(Node replica, SQLException failure) {
		if (failure instanceof SQLTransientConnectionException && failure.getCause() == null) {
			logger.warn("Pool of %s is exhausted, a read goes elsewhere: %s".formatted(replica, failure.getMessage()));
			return true;
		}
		this.monitor.reportUnreachable(replica, failure);
		return false;
	}

	private FetchedConnection connect(Route route) throws SQLException {
		return new FetchedConnection(pool(route.node()).getConnection(), route, this.claims.transaction());
	}

	private DataSource pool(Node node) {
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
	 */
	record FetchedConnection(Connection connection, Route route, @Nullable TransactionRoute transaction) {

	}

}
