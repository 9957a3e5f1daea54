package io.uno.routing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.routing.BegunStatement.Execution;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A connection that fetches its node's connection at the first statement, when the
 * transaction's settings are known, and gives it back when Spring's transaction ends. A
 * session that is held open beyond its transaction is so routed anew by the next one.
 * <p>
 * The server is told on whose behalf a transaction acts before anything else of it. What
 * has been prepared in such a transaction is closed with it, as a later one could execute
 * it without that being noticed here.
 * <p>
 * Used by one thread at a time, as JDBC connections are.
 */
final class RoutedConnection implements Connection {

	private static final Log logger = LogFactory.getLog(RoutedConnection.class);

	private static final String NO_ACTIVE_TRANSACTION = "25P01";

	private static final String ACTIVE_TRANSACTION = "25001";

	private final RoutingDataSource router;

	/**
	 * The one database that it works on, whatever is claimed around it.
	 */
	private final @Nullable DatabaseChoice fixed;

	/**
	 * What was asked for around whoever has opened it for work of its own, {@code null}
	 * if that is told by the thread that it is used on.
	 */
	private @Nullable ThreadRoutes detached;

	/**
	 * Statements opened outside of Spring's transactions, which nothing else would close
	 * in time.
	 */
	private List<Statement> openStatements = List.of();

	private @Nullable CallerSettings callerSettings;

	private @Nullable SocketTimeout socketTimeout;

	private @Nullable FetchedConnection fetched;

	private @Nullable Boolean autoCommit;

	private boolean readOnly;

	private @Nullable Integer isolation;

	private @Nullable Integer fetchedIsolation;

	/**
	 * Whether the node's connection was in autocommit mode when it was fetched.
	 */
	private boolean fetchedAutoCommit;

	/**
	 * Whether it is now.
	 */
	private boolean nodeAutoCommit;

	/**
	 * Whether the driver's own connection was given to the caller, who may have changed
	 * it.
	 */
	private boolean unwrapped;

	/**
	 * Whether the node's connection was not read-only when it was fetched, but is now.
	 */
	private boolean madeReadOnly;

	/**
	 * Whether something may have been written by statements that committed by themselves
	 * since the position was asked for.
	 */
	private boolean unconfirmed;

	/**
	 * Whether a transaction has begun on the node that is neither committed nor rolled
	 * back.
	 */
	private boolean uncommitted;

	/**
	 * Whether the server has been told something of that transaction.
	 */
	private boolean contextual;

	/**
	 * Whether a statement has been opened that begins no transaction when it is executed.
	 */
	private boolean unguarded;

	/**
	 * The last statement of that transaction, or the one that it has failed at.
	 */
	private @Nullable String lastStatement;

	/**
	 * The failures on the node up to that statement.
	 */
	private int seenFailures;

	private boolean closed;

	RoutedConnection(RoutingDataSource router, @Nullable DatabaseChoice fixed) {
		this.router = router;
		this.fixed = fixed;
	}

	void detach(ThreadRoutes around) {
		this.detached = around;
	}

	private ThreadRoutes thread() {
		return (this.detached != null) ? this.detached : this.router.currentThread();
	}

	private DatabaseChoice choice(ThreadRoutes thread, Access access) {
		return (this.fixed != null) ? this.fixed : this.router.currentDatabase(thread, access);
	}

	/**
	 * The database whose transaction is open on this connection, {@code null} when none
	 * is.
	 */
	@Nullable Database database(Databases databases) {
		return (this.fetched != null && this.uncommitted) ? databases.get(this.fetched.route().database()) : null;
	}

	/**
	 * The route of the node's connection, {@code null} when it has none.
	 */
	@Nullable Route route() {
		return (this.fetched != null) ? this.fetched.route() : null;
	}

	private DatabaseFacts facts() {
		DatabaseFacts only = this.router.onlyFacts();
		if (only != null) {
			return only;
		}
		ThreadRoutes thread = thread();
		return this.router.facts(choice(thread, access(thread.running())).database().name());
	}

	/**
	 * The node's connection for a statement: the one of the open transaction, else one on
	 * the node that the statement is routed to now.
	 */
	private Connection target() throws SQLException {
		checkOpen();
		if (this.fetched != null && this.uncommitted) {
			return this.fetched.connection();
		}
		ThreadRoutes thread = thread();
		TransactionRoute transaction = thread.transaction();
		long remaining = remaining(transaction);
		if (this.fetched != null) {
			giveBackUnlessFitting(this.fetched, thread);
		}
		FetchedConnection node = this.fetched;
		if (node == null) {
			node = fetch(thread, remaining);
			this.fetched = node;
		}
		TransactionSettings settings = settings(node, thread, remaining);
		if (!getAutoCommit()) {
			begin(node, settings);
		}
		else if (!settings.context().isEmpty() && isActual(transaction)) {
			throw inAutocommitMode(node, settings.context());
		}
		return node.connection();
	}

	/**
	 * What the server is to be told of the transaction that begins now.
	 */
	private TransactionSettings settings(FetchedConnection node, ThreadRoutes thread, long remaining)
			throws SQLException {
		TransactionRoute transaction = node.transaction();
		TransactionContext context = (transaction != null) ? transaction.context()
				: this.router.currentContext(thread, node.route().database());
		Integer level = this.isolation;
		if (context.isEmpty() && level == null && remaining < 0) {
			return TransactionSettings.NONE;
		}
		if (isPostgres(node)) {
			return new TransactionSettings(context, level, remaining);
		}
		TransactionContext named = thread.named();
		if (named.isForSomeone()) {
			throw new SQLFeatureNotSupportedException(
					"A transaction on %s can't act on someone's behalf (%s); that needs PostgreSQL"
						.formatted(node.route().node(), named));
		}
		return TransactionSettings.NONE;
	}

	private boolean isPostgres(FetchedConnection node) throws SQLException {
		return this.router.facts(node.route().database()).isPostgres(node.connection());
	}

	private void begin(FetchedConnection node, TransactionSettings settings) throws SQLException {
		if (!settings.isEmpty()) {
			// from now on, also if the server refuses it
			this.contextual = true;
			settings.applyTo(node.connection());
		}
		this.uncommitted = true;
	}

	private static SQLException inAutocommitMode(FetchedConnection node, TransactionContext context) {
		return new SQLException(
				"A connection to %s in autocommit mode can't act on behalf of the running transaction (%s); take the transaction's own one (DataSourceUtils.getConnection)"
					.formatted(node.route().node(), context),
				NO_ACTIVE_TRANSACTION);
	}

	/**
	 * Executes a statement that may have been opened before the transaction that it is
	 * executed in. One that would commit by itself gets a transaction where the server
	 * has to be told something.
	 */
	private @Nullable Object execute(FetchedConnection node, Statement statement, Execution execution)
			throws Throwable {
		if (this.fetched != node || this.uncommitted) {
			return execution.run();
		}
		ThreadRoutes thread = thread();
		TransactionRoute transaction = thread.transaction();
		TransactionSettings settings = settings(node, thread, remaining(transaction));
		if (!getAutoCommit()) {
			begin(node, settings);
			return execution.run();
		}
		if (settings.isEmpty()) {
			return execution.run();
		}
		if (isActual(transaction)) {
			throw inAutocommitMode(node, settings.context());
		}
		this.nodeAutoCommit = false;
		Object result = new SingleStatementTransaction(node.connection(), settings).execute(statement, execution);
		this.nodeAutoCommit = true;
		return result;
	}

	/**
	 * Milliseconds that are left to the transaction, less than zero for any number.
	 */
	private long remaining(@Nullable TransactionRoute transaction) {
		return isActual(transaction) ? SocketTimeout.remaining(this.router) : -1;
	}

	private static boolean isActual(@Nullable TransactionRoute transaction) {
		return transaction != null && transaction.isActual();
	}

	private FetchedConnection fetch(ThreadRoutes thread, long remaining) throws SQLException {
		TransactionRoute transaction = thread.running();
		Access access = access(transaction);
		FetchedConnection connection = this.router.fetch(thread, choice(thread, access), access, wantedIsolation());
		try {
			configure(connection, remaining);
		}
		catch (SQLException | RuntimeException ex) {
			this.router.closeQuietly(connection);
			this.router.released(connection);
			throw ex;
		}
		if (transaction != null) {
			transaction.borrowed(this, connection);
		}
		return connection;
	}

	private Access access(@Nullable TransactionRoute transaction) {
		boolean synchronizing = transaction != null
				|| (this.detached == null && TransactionSynchronizationManager.isSynchronizationActive());
		boolean readOnlyScope = synchronizing ? TransactionSynchronizationManager.isCurrentTransactionReadOnly()
				: this.readOnly;
		return readOnlyScope ? Access.READ : Access.WRITE;
	}

	private @Nullable Integer wantedIsolation() {
		Integer declared = (this.detached == null)
				? TransactionSynchronizationManager.getCurrentTransactionIsolationLevel() : null;
		return (declared != null) ? declared : this.isolation;
	}

	private static boolean isInTransaction(FetchedConnection node) {
		return isActual(node.transaction());
	}

	/**
	 * A second connection of a read-only transaction is not told that it is to be
	 * read-only, and is all the same.
	 */
	private void configure(FetchedConnection node, long remaining) throws SQLException {
		Connection connection = node.connection();
		if ((this.readOnly || node.route().access() == Access.READ) && !node.pool().isReadOnly(connection)) {
			connection.setReadOnly(true);
			this.madeReadOnly = true;
		}
		if (this.isolation != null && !isPostgres(node)) {
			this.fetchedIsolation = connection.getTransactionIsolation();
			connection.setTransactionIsolation(this.isolation);
		}
		if (remaining >= 0) {
			this.socketTimeout = SocketTimeout.of(connection, remaining);
		}
		if (this.callerSettings != null) {
			this.callerSettings.apply(connection);
		}
		this.fetchedAutoCommit = node.pool().isAutoCommit(connection);
		this.nodeAutoCommit = this.fetchedAutoCommit;
		if (this.fetchedAutoCommit != getAutoCommit()) {
			switchAutoCommit(connection, !this.fetchedAutoCommit);
		}
	}

	private void switchAutoCommit(Connection connection, boolean on) throws SQLException {
		connection.setAutoCommit(on);
		this.nodeAutoCommit = on;
	}

	/**
	 * A connection left from an autocommitted statement does for another one on the same
	 * database. A transaction of Spring's chooses anew unless a result is still being
	 * read, and so does a statement for another database.
	 */
	private void giveBackUnlessFitting(FetchedConnection held, ThreadRoutes thread) throws SQLException {
		Access access = access(thread.running());
		boolean fits = held.route().access() == access
				&& held.route().database().equals(choice(thread, access).database().name());
		if (fits && (held.transaction() == thread.running() || !isIdle())) {
			return;
		}
		if (!isIdle()) {
			throw new SQLException(
					"A statement on %s is still open; close it before the connection is used for another transaction or database"
						.formatted(held.route().node()));
		}
		giveBack();
	}

	private boolean isIdle() throws SQLException {
		forgetClosedStatements();
		return this.openStatements.isEmpty();
	}

	private void forgetClosedStatements() throws SQLException {
		for (Iterator<Statement> statements = this.openStatements.iterator(); statements.hasNext();) {
			if (statements.next().isClosed()) {
				statements.remove();
			}
		}
	}

	private <S extends PreparedStatement> S opened(String sql, S statement) throws SQLException {
		note(sql);
		return opened(statement);
	}

	private Statement noted(Statement statement) {
		return this.uncommitted ? new NotedStatement(statement, this) : statement;
	}

	private <S extends Statement> S opened(S statement) throws SQLException {
		FetchedConnection node = Objects.requireNonNull(this.fetched);
		S guarded = guarded(statement, node);
		if (!this.uncommitted && this.router.isReplicated(node.route())) {
			return kept(CommittingStatement.of(guarded, () -> executed(node)));
		}
		return kept(guarded);
	}

	/**
	 * Those of Spring's transactions are closed with them.
	 */
	private <S extends Statement> S guarded(S statement, FetchedConnection node) throws SQLException {
		TransactionRoute transaction = node.transaction();
		RunningStatements running = (transaction != null) ? transaction.statements() : null;
		if (running != null) {
			running.opened(statement);
		}
		if (!isActual(transaction) && (this.isolation != null || this.router.mayAct(node.route().database()))) {
			return BegunStatement.of(statement, this, (opened, execution) -> execute(node, opened, execution));
		}
		this.unguarded = true;
		return statement;
	}

	/**
	 * The statement may have been opened before a transaction that it is executed in.
	 */
	private void executed(FetchedConnection node) {
		if (Boolean.TRUE.equals(this.autoCommit)) {
			written(node);
		}
	}

	private void written(FetchedConnection node) {
		this.router.commits().written(node.connection(), node.route());
	}

	private <S extends Statement> S kept(S statement) throws SQLException {
		if (!isInTransaction(Objects.requireNonNull(this.fetched))) {
			if (this.openStatements.isEmpty()) {
				this.openStatements = new ArrayList<>(1);
			}
			forgetClosedStatements();
			this.openStatements.add(statement);
		}
		return statement;
	}

	/**
	 * Returns the node's connection to its pool as it was fetched.
	 */
	private void giveBack() throws SQLException {
		FetchedConnection returned = this.fetched;
		if (returned == null) {
			return;
		}
		boolean rollback = this.uncommitted || this.contextual;
		this.fetched = null;
		this.uncommitted = false;
		this.contextual = false;
		this.unguarded = false;
		this.lastStatement = null;
		this.openStatements = List.of();
		try (Connection connection = returned.connection()) {
			if (connection.isClosed()) {
				return;
			}
			if (rollback) {
				// switching autocommit on, as resetting may, would commit
				connection.rollback();
			}
			else if (this.unconfirmed) {
				written(returned);
			}
			reset(connection);
		}
		finally {
			this.unconfirmed = false;
			this.unwrapped = false;
			this.socketTimeout = null;
			if (this.callerSettings != null) {
				this.callerSettings.forgetChanges();
			}
			this.router.released(returned);
		}
	}

	/**
	 * Hikari does the same once more; other pools leave it to whoever changed it.
	 */
	private void reset(Connection connection) throws SQLException {
		if (!this.nodeAutoCommit || (this.unwrapped && !connection.getAutoCommit())) {
			// what is set back must not wait for a commit
			switchAutoCommit(connection, true);
		}
		if (this.callerSettings != null) {
			this.callerSettings.undo(connection);
		}
		liftSocketTimeout();
		if (this.madeReadOnly) {
			this.madeReadOnly = false;
			connection.setReadOnly(false);
		}
		if (this.fetchedIsolation != null) {
			connection.setTransactionIsolation(this.fetchedIsolation);
			this.fetchedIsolation = null;
		}
		if (!this.fetchedAutoCommit) {
			switchAutoCommit(connection, false);
		}
	}

	/**
	 * Gives the node's connection back when the transaction ends that it was fetched for.
	 */
	void transactionCompleted(FetchedConnection connection) {
		if (this.fetched != connection || this.uncommitted) {
			return;
		}
		giveBackQuietly(connection);
	}

	private void giveBackQuietly(FetchedConnection connection) {
		try {
			giveBack();
		}
		catch (SQLException ex) {
			logger.warn(
					"Failed to give back a connection to %s after its transaction".formatted(connection.route().node()),
					ex);
		}
	}

	private void liftSocketTimeout() throws SQLException {
		if (this.socketTimeout != null) {
			this.socketTimeout.undo();
			this.socketTimeout = null;
		}
	}

	private void checkOpen() throws SQLException {
		if (this.closed) {
			throw new SQLException("The connection is closed", "08003");
		}
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		checkOpen();
		if (autoCommit == getAutoCommit()) {
			return;
		}
		if (this.fetched != null && autoCommit) {
			// as switching it on would do
			commit(this.fetched);
		}
		this.autoCommit = autoCommit;
		if (this.fetched != null) {
			switchAutoCommit(this.fetched.connection(), autoCommit);
			if (autoCommit) {
				transactionEnded();
			}
			else if (this.isolation != null && !isIdle()) {
				// what is open already may be executed next
				target();
			}
		}
	}

	@Override
	public boolean getAutoCommit() throws SQLException {
		Boolean known = this.autoCommit;
		if (known == null) {
			known = facts().autoCommit();
			this.autoCommit = known;
		}
		return known;
	}

	@Override
	public void commit() throws SQLException {
		checkOpen();
		if (this.fetched != null) {
			commit(this.fetched);
			transactionEnded();
		}
	}

	private void commit(FetchedConnection node) throws SQLException {
		if (FailedTransaction.isOn(node.connection())) {
			refuseCommit(node);
		}
		try {
			if (this.router.isReplicated(node.route())) {
				this.router.commits().commit(node.connection(), node.route(), this.uncommitted);
			}
			else {
				node.connection().commit();
			}
		}
		catch (SQLException ex) {
			throw UnansweredCommit.of(ex, node.route());
		}
	}

	private void refuseCommit(FetchedConnection node) throws SQLException {
		SQLException refused = FailedTransaction.commitRefused(node.connection(), node.route(), this.lastStatement);
		node.connection().rollback();
		transactionEnded();
		throw refused;
	}

	/**
	 * What comes after a failure has not failed by itself. The driver is asked only after
	 * something has failed on any of the node's connections, and where nobody would have
	 * noticed.
	 */
	void note(String sql) throws SQLException {
		if (!this.uncommitted) {
			return;
		}
		FetchedConnection node = Objects.requireNonNull(this.fetched);
		int failures = node.pool().failures();
		boolean noticed = failures == this.seenFailures && failures != RoutedPool.UNKNOWN && !this.unwrapped;
		if (this.lastStatement == null || noticed || !FailedTransaction.isOn(node.connection())) {
			this.lastStatement = sql;
			this.seenFailures = failures;
		}
	}

	@Override
	public void rollback() throws SQLException {
		checkOpen();
		if (this.fetched != null) {
			// one that was lost has no transaction, and who is told of that would not be
			// told why
			if (!this.fetched.connection().isClosed()) {
				this.fetched.connection().rollback();
			}
			transactionEnded();
		}
	}

	/**
	 * What goes wrong in giving the connection back does not change that it has ended.
	 */
	private void transactionEnded() {
		this.uncommitted = false;
		this.lastStatement = null;
		if (this.contextual && this.unguarded && this.fetched != null) {
			giveBackQuietly(this.fetched);
		}
		this.contextual = false;
	}

	@Override
	public void rollback(Savepoint savepoint) throws SQLException {
		target().rollback(savepoint);
	}

	@Override
	public void close() throws SQLException {
		if (!this.closed) {
			this.closed = true;
			giveBack();
		}
	}

	@Override
	public boolean isClosed() throws SQLException {
		return this.closed || (this.fetched != null && this.fetched.connection().isClosed());
	}

	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		checkOpen();
		if (this.fetched != null) {
			return this.fetched.connection().getMetaData();
		}
		return (DatabaseMetaData) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { DatabaseMetaData.class },
				(proxy, method, arguments) -> metaData(proxy, method, arguments));
	}

	private @Nullable Object metaData(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		return switch (method.getName()) {
			case "getConnection" -> this;
			case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "metadata of " + this;
			default -> answer(method, arguments);
		};
	}

	/**
	 * Facts are asked of the connection that is there, as the pool may have no other one.
	 */
	private @Nullable Object answer(Method method, Object @Nullable [] arguments) throws Throwable {
		if (!DatabaseFacts.isFact(method)) {
			return invoke(method, target().getMetaData(), arguments);
		}
		return (this.fetched != null) ? invoke(method, this.fetched.connection().getMetaData(), arguments)
				: facts().ask(method, arguments);
	}

	private static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		checkOpen();
		if (this.fetched != null && this.fetched.connection().isReadOnly() != readOnly) {
			this.fetched.connection().setReadOnly(readOnly);
			this.madeReadOnly = readOnly;
		}
		this.readOnly = readOnly;
	}

	@Override
	public boolean isReadOnly() throws SQLException {
		checkOpen();
		return this.readOnly;
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		checkOpen();
		FetchedConnection node = this.fetched;
		if (node != null && !isPostgres(node)) {
			if (this.fetchedIsolation == null) {
				this.fetchedIsolation = node.connection().getTransactionIsolation();
			}
			node.connection().setTransactionIsolation(level);
		}
		else if (!TransactionSettings.isIsolation(level)) {
			throw new SQLException("There is no isolation %d; give a constant of java.sql.Connection".formatted(level));
		}
		else if (node != null && this.uncommitted && level != getTransactionIsolation()) {
			isolate(node, level);
		}
		// Spring sets the level that it found when its transaction is over
		this.isolation = facts().isDefaultIsolation(level) ? null : level;
	}

	private void isolate(FetchedConnection node, int level) throws SQLException {
		if (node.connection().unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
			throw new SQLException(
					"The isolation of a transaction on %s can't change after its first statement; set it before"
						.formatted(node.route().node()),
					ACTIVE_TRANSACTION);
		}
		this.contextual = true;
		TransactionSettings.isolate(node.connection(), level);
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		checkOpen();
		if (this.isolation != null) {
			return this.isolation;
		}
		return (this.fetched != null) ? facts().isolation(this.fetched.connection()) : facts().isolation();
	}

	/**
	 * Sets what every node's connection that serves the caller must have.
	 */
	private <V extends @Nullable Object> void set(String name, V value, CallerSettings.Reader<V> reader,
			CallerSettings.Writer<V> writer) throws SQLException {
		checkOpen();
		if (this.callerSettings == null) {
			this.callerSettings = new CallerSettings();
		}
		if (this.fetched != null) {
			this.callerSettings.keepAndApply(name, value, reader, writer, this.fetched.connection());
		}
		else {
			this.callerSettings.keep(name, value, reader, writer);
		}
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		set("holdability", holdability, Connection::getHoldability, Connection::setHoldability);
	}

	@Override
	public int getHoldability() throws SQLException {
		return (this.fetched != null) ? this.fetched.connection().getHoldability()
				: getMetaData().getResultSetHoldability();
	}

	@Override
	public Statement createStatement() throws SQLException {
		return opened(noted(target().createStatement()));
	}

	@Override
	public Statement createStatement(int type, int concurrency) throws SQLException {
		return opened(noted(target().createStatement(type, concurrency)));
	}

	@Override
	public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
		return opened(noted(target().createStatement(type, concurrency, holdability)));
	}

	@Override
	public PreparedStatement prepareStatement(String sql) throws SQLException {
		return opened(sql, target().prepareStatement(sql));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
		return opened(sql, target().prepareStatement(sql, type, concurrency));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
			throws SQLException {
		return opened(sql, target().prepareStatement(sql, type, concurrency, holdability));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
		return opened(sql, target().prepareStatement(sql, generatedKeys));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
		return opened(sql, target().prepareStatement(sql, columnIndexes));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
		return opened(sql, target().prepareStatement(sql, columnNames));
	}

	@Override
	public CallableStatement prepareCall(String sql) throws SQLException {
		return opened(sql, target().prepareCall(sql));
	}

	@Override
	public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
		return opened(sql, target().prepareCall(sql, type, concurrency));
	}

	@Override
	public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
		return opened(sql, target().prepareCall(sql, type, concurrency, holdability));
	}

	@Override
	public String nativeSQL(String sql) throws SQLException {
		return target().nativeSQL(sql);
	}

	@Override
	public Savepoint setSavepoint() throws SQLException {
		return target().setSavepoint();
	}

	@Override
	public Savepoint setSavepoint(String name) throws SQLException {
		return target().setSavepoint(name);
	}

	@Override
	public void releaseSavepoint(Savepoint savepoint) throws SQLException {
		target().releaseSavepoint(savepoint);
	}

	@Override
	public @Nullable SQLWarning getWarnings() throws SQLException {
		checkOpen();
		return (this.fetched != null) ? this.fetched.connection().getWarnings() : null;
	}

	@Override
	public void clearWarnings() throws SQLException {
		checkOpen();
		if (this.fetched != null) {
			this.fetched.connection().clearWarnings();
		}
	}

	@Override
	public boolean isValid(int timeout) throws SQLException {
		return !this.closed && target().isValid(timeout);
	}

	@Override
	public void abort(Executor executor) throws SQLException {
		FetchedConnection aborted = this.fetched;
		this.closed = true;
		this.fetched = null;
		if (aborted != null) {
			try {
				aborted.connection().abort(executor);
			}
			finally {
				// its pool would miss it for good
				this.router.closeQuietly(aborted);
			}
		}
	}

	@Override
	public void setCatalog(String catalog) throws SQLException {
		set("catalog", catalog, Connection::getCatalog, Connection::setCatalog);
	}

	@Override
	public String getCatalog() throws SQLException {
		return target().getCatalog();
	}

	@Override
	public void setSchema(String schema) throws SQLException {
		set("schema", schema, Connection::getSchema, Connection::setSchema);
	}

	@Override
	public String getSchema() throws SQLException {
		return target().getSchema();
	}

	@Override
	public Map<String, Class<?>> getTypeMap() throws SQLException {
		return target().getTypeMap();
	}

	@Override
	public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
		set("typeMap", map, Connection::getTypeMap, Connection::setTypeMap);
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		set("networkTimeout", milliseconds, Connection::getNetworkTimeout,
				(connection, value) -> connection.setNetworkTimeout(executor, value));
	}

	@Override
	public int getNetworkTimeout() throws SQLException {
		return target().getNetworkTimeout();
	}

	@Override
	public void setClientInfo(String name, String value) throws SQLClientInfoException {
		try {
			set("clientInfo." + name, value, (connection) -> connection.getClientInfo(name),
					(connection, text) -> connection.setClientInfo(name, text));
		}
		catch (SQLClientInfoException ex) {
			throw ex;
		}
		catch (SQLException ex) {
			throw new SQLClientInfoException(ex.getMessage(), ex.getSQLState(), Map.of(), ex);
		}
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		for (String name : properties.stringPropertyNames()) {
			setClientInfo(name, properties.getProperty(name));
		}
	}

	@Override
	public String getClientInfo(String name) throws SQLException {
		return target().getClientInfo(name);
	}

	@Override
	public Properties getClientInfo() throws SQLException {
		return target().getClientInfo();
	}

	@Override
	public Array createArrayOf(String type, Object[] elements) throws SQLException {
		return target().createArrayOf(type, elements);
	}

	@Override
	public Struct createStruct(String type, Object[] attributes) throws SQLException {
		return target().createStruct(type, attributes);
	}

	@Override
	public Blob createBlob() throws SQLException {
		return target().createBlob();
	}

	@Override
	public Clob createClob() throws SQLException {
		return target().createClob();
	}

	@Override
	public NClob createNClob() throws SQLException {
		return target().createNClob();
	}

	@Override
	public SQLXML createSQLXML() throws SQLException {
		return target().createSQLXML();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		Connection target = target();
		FetchedConnection node = Objects.requireNonNull(this.fetched);
		if (!this.uncommitted) {
			TransactionContext context = settings(node, thread(), -1).context();
			if (!context.isEmpty()) {
				throw inAutocommitMode(node, context);
			}
		}
		// a bulk copy takes its time
		liftSocketTimeout();
		this.unwrapped = true;
		// nobody sees what is sent from now on
		this.unconfirmed = !this.uncommitted && this.router.isReplicated(node.route());
		return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		if (type.isInstance(this)) {
			return true;
		}
		Connection target = target();
		return type.isInstance(target) || target.isWrapperFor(type);
	}

	@Override
	public String toString() {
		return "Routed connection to " + ((this.fetched != null) ? this.fetched.route().node() : "no node yet");
	}

}
