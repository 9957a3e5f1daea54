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

	private final WriteCommit commits;

	private final Map<Node, RoutedPool> pools;

	private final Map<String, RoutedDatabase> routed;

	/**
	 * The one database there is, {@code null} if there are several.
	 */
	private final @Nullable RoutedDatabase only;

	private final List<RouteListener> listeners;

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
		this.commits = new WriteCommit(claims, monitor, settings.listeners());
		this.pools = databases.all()
			.stream()
			.flatMap((database) -> database.nodes().stream())
			.collect(Collectors.toMap(Function.identity(), (node) -> new RoutedPool(node, pools)));
		this.routed = databases.all()
			.stream()
			.collect(Collectors.toMap(Database::name, (database) -> routed(database, monitor, settings)));
		this.only = (this.routed.size() == 1) ? this.routed.values().iterator().next() : null;
		setLenientFallback(false);
	}

	private RoutedDatabase routed(Database database, NodeMonitor monitor, RoutingSettings settings) {
		RoutedPool main = pool(database.main());
		ReplicaReads reads = database.replicas().isEmpty() ? null
				: new ReplicaReads(database, this, monitor, this.claims.positions(), settings);
		return new RoutedDatabase(main, new DatabaseFacts(main::dataSource), reads);
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
			.forEach(
					(database) -> database.nodes().forEach((node) -> resolved.put(node.id(), pool(node).dataSource())));
		return resolved;
	}

	@Override
	public DataSource getResolvedDefaultDataSource() {
		return pool(this.databases.getDefault().main()).dataSource();
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
		return pool(currentNode()).dataSource();
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

	private RoutedDatabase routed(String database) {
		return (this.only != null) ? this.only : Objects.requireNonNull(this.routed.get(database));
	}

	DatabaseFacts facts(String database) {
		return routed(database).facts();
	}

	/**
	 * Facts of the only database, {@code null} if there are several.
	 */
	@Nullable DatabaseFacts onlyFacts() {
		return (this.only != null) ? this.only.facts() : null;
	}

	ThreadRoutes currentThread() {
		return this.claims.thread();
	}

	DatabaseChoice currentDatabase(ThreadRoutes thread, Access access) {
		return this.claims.current(thread, (access == Access.READ) ? Work.READ : Work.WRITE);
	}

	WriteCommit commits() {
		return this.commits;
	}

	/**
	 * Whether what a route has written is carried on to replicas.
	 */
	boolean isReplicated(Route route) {
		return route.access() == Access.WRITE && routed(route.database()).reads() != null;
	}

	/**
	 * Connections of a node that are in use now.
	 */
	int activeConnections(Node node) {
		try {
			HikariPoolMXBean pool = pool(node).dataSource().unwrap(HikariDataSource.class).getHikariPoolMXBean();
			return (pool != null) ? pool.getActiveConnections() : 0;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(
					"The pool of %s can't tell how busy it is, as it is not HikariCP's; choose another 'uno.reads.balancing'"
						.formatted(node),
					ex);
		}
	}

	/**
	 * On whose behalf a transaction acts that begins now on a database.
	 */
	TransactionContext currentContext(ThreadRoutes thread, String database) {
		TransactionContext context = thread.context();
		context.requirePermitted(this.databases, database);
		return context;
	}

	boolean mayAct(String database) {
		return this.claims.mayAct(database);
	}

	/**
	 * Opens a connection to the node of the running transaction, or to the one that this
	 * statement is routed to.
	 */
	FetchedConnection fetch(ThreadRoutes thread, DatabaseChoice choice, Access access, @Nullable Integer isolation)
			throws SQLException {
		TransactionRoute transaction = thread.running();
		if (transaction != null) {
			transaction.claim(choice);
			Route kept = transaction.route();
			if (kept != null) {
				return open(transaction, kept, false);
			}
		}
		FetchedConnection fetched = connect(thread, choice, access, isolation);
		if (transaction != null) {
			transaction.keep(fetched.route());
		}
		tell(fetched);
		return fetched;
	}

	private FetchedConnection connect(ThreadRoutes thread, DatabaseChoice choice, Access access,
			@Nullable Integer isolation) throws SQLException {
		Route route = choose(thread, choice, access, isolation);
		if (route != null && !route.node().replica()) {
			return connect(thread.running(), route);
		}
		ReplicaReads reads = Objects.requireNonNull(routed(choice.database().name()).reads());
		return reads.fetch(thread, route, choice.reason());
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
	 * The route of a statement as far as it is known without asking anybody, {@code null}
	 * if it is not.
	 */
	@Nullable Route choose(ThreadRoutes thread, DatabaseChoice choice, Access access, @Nullable Integer isolation)
			throws SQLException {
		RoutedDatabase database = routed(choice.database().name());
		if (access == Access.WRITE) {
			return database.main().route(RouteReason.WRITE, choice.reason());
		}
		ReplicaReads reads = database.reads();
		if (reads == null) {
			return database.main().route(RouteReason.NO_REPLICA, choice.reason());
		}
		if (isSerializable(database.facts(), isolation)) {
			return database.main().route(RouteReason.SERIALIZABLE, choice.reason());
		}
		return reads.choose(thread, choice.reason());
	}

	private static boolean isSerializable(DatabaseFacts facts, @Nullable Integer isolation) throws SQLException {
		return (isolation != null) ? isolation == Connection.TRANSACTION_SERIALIZABLE : facts.isSerializableByPool();
	}

	FetchedConnection connect(@Nullable TransactionRoute transaction, Route route) throws SQLException {
		return open(transaction, route, true);
	}

	private FetchedConnection open(@Nullable TransactionRoute transaction, Route route, boolean told)
			throws SQLException {
		RoutedPool pool = pool(route.node());
		return new FetchedConnection(open(pool), pool, route, transaction, told);
	}

	private Connection open(RoutedPool pool) throws SQLException {
		try {
			return pool.getConnection();
		}
		catch (SQLException ex) {
			return openAgain(pool, ex);
		}
	}

	private Connection openAgain(RoutedPool pool, SQLException failure) throws SQLException {
		try {
			return ConnectionRetry.of(pool, this, this.claims.scope()).open(failure);
		}
		catch (SQLException ex) {
			throw AcquisitionFailure.at(pool.node(), pool.dataSource(), ex);
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

	RoutedPool pool(Node node) {
		RoutedPool pool = this.pools.get(node);
		if (pool == null) {
			throw new IllegalStateException("No pool for node '%s'; known: %s".formatted(node, this.pools.keySet()));
		}
		return pool;
	}

	@Override
	public String toString() {
		return "RoutingDataSource"
				+ this.databases.all().stream().flatMap((database) -> database.nodes().stream()).toList();
	}

}
