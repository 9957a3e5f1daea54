package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Position;
import io.uno.routing.DatabaseRule.Work;
import io.uno.routing.RoutingTemplate.Refinement;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which database the work of the current thread is meant for, and on whose behalf its
 * transaction acts. Inside a transaction a claim holds until the transaction ends, and a
 * claim for a second database is refused; outside, it holds for one call.
 *
 * <pre class="code">
 * transactions.executeWithoutResult((status) -> {
 *     claims.claim("journal");
 *     claims.act(TransactionContext.none().with(ContextSetting.ROLE, "auditor"));
 *     ...
 * });
 * </pre>
 *
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class DatabaseClaims {

	private final Databases databases;

	private final List<DatabaseRule> rules;

	private final CallerPositions positions;

	private final CallerContexts contexts;

	private final Map<String, List<DatabaseChoice>> choices;

	private final DatabaseChoice byDefault;

	private final boolean rolesPermitted;

	private final ThreadLocal<ThreadRoutes> threads = ThreadLocal.withInitial(() -> new ThreadRoutes(contexts()));

	/**
	 * Creates claims on the given databases, without rules, that keep positions in
	 * memory.
	 * @param databases all databases
	 */
	public DatabaseClaims(Databases databases) {
		this(databases, List.of(), PositionStore.inMemory(Duration.ofMinutes(5)));
	}

	/**
	 * Creates claims on the given databases.
	 * @param databases all databases
	 * @param rules choose databases where nothing else does, in their order
	 * @param positions keeps up to where scopes have written
	 */
	public DatabaseClaims(Databases databases, List<DatabaseRule> rules, PositionStore positions) {
		this(databases, rules, positions, List::of);
	}

	/**
	 * Creates claims on the given databases.
	 * @param databases all databases
	 * @param rules choose databases where nothing else does, in their order
	 * @param positions keeps up to where scopes have written
	 * @param resolvers finds those that tell on whose behalf a thread works, asked when
	 * the first statement is sent
	 */
	public DatabaseClaims(Databases databases, List<DatabaseRule> rules, PositionStore positions,
			Supplier<List<ContextResolver>> resolvers) {
		this.databases = databases;
		this.contexts = new CallerContexts(resolvers);
		this.rules = List.copyOf(rules);
		this.positions = new CallerPositions(databases, positions);
		this.choices = databases.all()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Database::name,
					(database) -> Arrays.stream(DatabaseReason.values())
						.map((reason) -> new DatabaseChoice(database, reason))
						.toList()));
		this.byDefault = choice(databases.getDefault(), DatabaseReason.DEFAULT);
		this.rolesPermitted = databases.all().stream().anyMatch((database) -> !database.roles().isEmpty());
	}

	DatabaseChoice choice(String name, DatabaseReason reason) {
		return choice(this.databases.get(name), reason);
	}

	DatabaseChoice choice(Database database, DatabaseReason reason) {
		return Objects.requireNonNull(this.choices.get(database.name())).get(reason.ordinal());
	}

	private CallerContexts contexts() {
		return this.contexts;
	}

	CallerPositions positions() {
		return this.positions;
	}

	/**
	 * Makes sure that a database can be claimed.
	 * @param name name of the database
	 * @return the name
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	public String require(String name) {
		return this.databases.get(name).name();
	}

	/**
	 * Returns the database that an entity belongs to: the one that it names itself, or
	 * else the one that claims its package.
	 * @param type the entity
	 * @return its database, the default one when nothing says otherwise
	 * @throws IllegalStateException if no database has the name that it gives
	 * @see UseDatabase
	 */
	public Database ownerOf(Class<?> type) {
		return new DatabaseOwners(this.databases).ownerOf(type);
	}

	/**
	 * Returns the database that a repository belongs to: the one that it names itself, or
	 * else that of its entity, or else the one that claims the repository's package.
	 * @param repository the repository
	 * @param entity what it is a repository of
	 * @return its database, the default one when nothing says otherwise
	 * @throws IllegalStateException if no database has the name that one of them gives
	 * @see UseDatabase
	 */
	public Database ownerOf(Class<?> repository, Class<?> entity) {
		return new DatabaseOwners(this.databases).ownerOf(repository, entity);
	}

	Optional<Database> declaredOwnerOf(Class<?> type) {
		return new DatabaseOwners(this.databases).declaredOwnerOf(type);
	}

	/**
	 * Returns the database that something says a repository belongs to: the repository,
	 * its entity, or the one that claims the package of either.
	 * @param repository the repository
	 * @param entity what it is a repository of
	 * @return its database, empty when nothing says which
	 * @throws IllegalStateException if no database has the name that one of them gives
	 */
	public Optional<Database> declaredOwnerOf(Class<?> repository, Class<?> entity) {
		return new DatabaseOwners(this.databases).declaredOwnerOf(repository, entity);
	}

	/**
	 * Claims a database for the running transaction.
	 * @param name name of the database
	 * @param reason why it is this one
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 * @throws RouteConflictException if the transaction works on another database
	 * @throws RoleNotPermittedException if the transaction acts as a role that is not
	 * permitted there
	 * @throws IllegalStateException if no transaction is running
	 */
	public void claim(String name, DatabaseReason reason) {
		DatabaseChoice choice = choice(name, reason);
		requireTransaction("work on database '%s'".formatted(name)).claim(choice);
	}

	/**
	 * Has the running transaction act on behalf of someone until it ends. The server is
	 * told before the first statement of the transaction, whatever sends it. For whoever
	 * began the transaction; to be called before that statement.
	 * @param context role, tenant and user
	 * @throws ContextSwitchException if the transaction acts on another's behalf already
	 * @throws RoleNotPermittedException if the role is not permitted on the database that
	 * the transaction has claimed; where it has claimed none yet the first statement
	 * fails
	 * @throws IllegalStateException if no transaction is running, or it has sent a
	 * statement already
	 */
	public void act(TransactionContext context) {
		if (context.isForSomeone()) {
			this.contexts.use();
		}
		requireTransaction("act on someone's behalf").act(context);
	}

	/**
	 * Runs a call whose transactions act on someone's behalf. What is nested inside takes
	 * it over as far as it does not say otherwise; it ends with the call, however that
	 * ends.
	 * @param <T> type of the result
	 * @param <X> type of what the call may throw
	 * @param context role, tenant, user and request
	 * @param joining whether the call takes part in the running transaction, if there is
	 * one
	 * @param call the call
	 * @return the call's result
	 * @throws X what the call throws
	 * @throws ContextSwitchException if the call takes part in a transaction that acts on
	 * another's behalf
	 */
	public <T extends @Nullable Object, X extends Throwable> T acting(TransactionContext context, boolean joining,
			ClaimedCall<T, X> call) throws X {
		if (joining) {
			requireSame(context);
		}
		RouteScope outer = scope();
		RouteScope around = RouteScope.orEmpty(outer);
		return scopedApart(outer, around.with(around.acting().as(context)), call);
	}

	/**
	 * Runs a call in a scope that may act on another's behalf than the one around it.
	 */
	private <T extends @Nullable Object, X extends Throwable> T scopedApart(@Nullable RouteScope outer,
			RouteScope inner, ClaimedCall<T, X> call) throws X {
		if (inner.acting().named().equals(RouteScope.orEmpty(outer).acting().named())) {
			return scoped(outer, inner, call);
		}
		this.contexts.use();
		return OpenSessions.<T, X>withheld(() -> scoped(outer, inner, call));
	}

	private void requireSame(TransactionContext context) {
		TransactionRoute running = context.isEmpty() ? null : transaction();
		if (running != null) {
			running.context().requireSame(context);
		}
	}

	/**
	 * Returns the roles that transactions may act as.
	 * @param database name of the database, {@code null} for any of them
	 * @return names of the roles, each once
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	public List<String> permittedRoles(@Nullable String database) {
		return ((database != null) ? Stream.of(this.databases.get(database)) : this.databases.all().stream())
			.flatMap((one) -> one.roles().stream())
			.distinct()
			.toList();
	}

	/**
	 * Whether anything may have a transaction on a database act on someone's behalf.
	 */
	boolean mayAct(String database) {
		return this.contexts.inUse() || (this.rolesPermitted && !this.databases.get(database).roles().isEmpty());
	}

	/**
	 * Makes sure that work can join the running transaction, whose context it takes over
	 * where it asks for nothing.
	 * @param context what the work asks for
	 * @throws ContextSwitchException if the transaction acts on another's behalf
	 */
	public void join(TransactionContext context) {
		currentContext().requireSame(context);
	}

	/**
	 * Returns on whose behalf the running transaction acts, or would act that begins now.
	 * @return its context, without any setting when it acts for nobody in particular
	 * @throws RoleNotPermittedException if the role is not permitted on the database that
	 * the transaction has claimed
	 */
	public TransactionContext currentContext() {
		return thread().context();
	}

	private TransactionRoute requireTransaction(String purpose) {
		TransactionRoute transaction = transaction();
		if (transaction == null) {
			throw new IllegalStateException(
					"No transaction is running that could %s; begin one first".formatted(purpose));
		}
		return transaction;
	}

	/**
	 * Runs a call on a database: in the running transaction, which is claimed for it, or
	 * else with every statement of its own sent there.
	 * @param <T> type of the result
	 * @param <X> type of what the call may throw
	 * @param name name of the database
	 * @param reason why it is this one
	 * @param call the call
	 * @return the call's result
	 * @throws X what the call throws
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 * @throws RouteConflictException if the transaction, or the scope around the call,
	 * works on another database
	 */
	public <T extends @Nullable Object, X extends Throwable> T on(String name, DatabaseReason reason,
			ClaimedCall<T, X> call) throws X {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			claim(name, reason);
			return call.run();
		}
		return outsideTransaction(choice(name, reason), call);
	}

	private <T extends @Nullable Object, X extends Throwable> T outsideTransaction(DatabaseChoice choice,
			ClaimedCall<T, X> call) throws X {
		RouteScope outer = scope();
		DatabaseChoice named = (outer != null) ? outer.choice() : null;
		if (named != null) {
			requireSame(named, choice);
			return call.run();
		}
		return within((around) -> around.with(choice), call);
	}

	/**
	 * Runs a call that nothing says a database of: on the one that a template or an
	 * annotation around it names where there are rules that could have chosen, else on
	 * the one that a rule chooses for it, or the default one.
	 * @param <T> type of the result
	 * @param <X> type of what the call may throw
	 * @param work what the rules are told of the call
	 * @param call the call
	 * @return the call's result
	 * @throws X what the call throws
	 * @throws io.uno.datasource.UnknownDatabaseException if a rule chooses one that there
	 * is not
	 * @throws RouteConflictException if the transaction, or the scope around the call,
	 * works on another database
	 * @see DatabaseRule
	 */
	public <T extends @Nullable Object, X extends Throwable> T undeclared(Work work, ClaimedCall<T, X> call) throws X {
		TransactionRoute transaction = transaction();
		DatabaseChoice around = (transaction != null) ? transaction.choice() : RouteScope.orEmpty(scope()).choice();
		if (around != null && holdsUndeclared(around)) {
			return call.run();
		}
		DatabaseChoice choice = undeclared(work);
		if (transaction == null) {
			return outsideTransaction(choice, call);
		}
		transaction.claim(choice);
		return call.run();
	}

	/**
	 * Whether a database may hold what nothing says a database of.
	 */
	boolean mayHoldUndeclared(DatabaseChoice around, Work work) {
		return holdsUndeclared(around) || around.reason() == DatabaseReason.RULE
				|| undeclared(work).database().name().equals(around.database().name());
	}

	/**
	 * Whether what nothing says a database of may be anywhere.
	 */
	boolean isRuled() {
		return !this.rules.isEmpty();
	}

	/**
	 * Where rules choose, no entity is of the default database by itself; the first that
	 * says something then wins.
	 */
	private boolean holdsUndeclared(DatabaseChoice around) {
		return isRuled() && (around.reason() == DatabaseReason.SCOPE || around.reason() == DatabaseReason.ANNOTATION);
	}

	DatabaseChoice undeclared(Work work) {
		DatabaseChoice ruled = this.rules.isEmpty() ? null : ruled(work);
		return (ruled != null) ? ruled : this.byDefault;
	}

	private static void requireSame(DatabaseChoice named, DatabaseChoice requested) {
		if (!named.database().name().equals(requested.database().name())) {
			throw RouteConflictException.scoped(named.database().name(), requested.database().name());
		}
	}

	/**
	 * Runs a call on the database that an annotation names for it, unless a template has
	 * named one around it.
	 * @param <T> type of the result
	 * @param <X> type of what the call may throw
	 * @param name name of the database
	 * @param joining whether the call takes part in the running transaction, if there is
	 * one
	 * @param call the call
	 * @return the call's result
	 * @throws X what the call throws
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 * @throws RouteConflictException if the call takes part in a transaction that works
	 * on another database
	 */
	public <T extends @Nullable Object, X extends Throwable> T declared(String name, boolean joining,
			ClaimedCall<T, X> call) throws X {
		DatabaseChoice choice = choice(name, DatabaseReason.ANNOTATION);
		RouteScope outer = scope();
		DatabaseChoice named = (outer != null) ? outer.choice() : null;
		if (named != null && named.reason() == DatabaseReason.SCOPE) {
			return call.run();
		}
		if (joining && TransactionSynchronizationManager.isSynchronizationActive()) {
			claim(name, DatabaseReason.ANNOTATION);
		}
		return scoped(outer, RouteScope.orEmpty(outer).with(choice), call);
	}

	/**
	 * Runs a call whose reads demand a freshness.
	 * @param <T> type of the result
	 * @param <X> type of what the call may throw
	 * @param freshness what its reads demand
	 * @param call the call
	 * @return the call's result
	 * @throws X what the call throws
	 */
	public <T extends @Nullable Object, X extends Throwable> T fresh(Freshness freshness, ClaimedCall<T, X> call)
			throws X {
		return within((scope) -> scope.with(freshness), call);
	}

	/**
	 * Has a connection work as is asked for around this call, wherever it is used: on
	 * this database, on this one's behalf, and in none of Spring's transactions.
	 * @param connection a connection that has just been opened
	 * @return whether it is one of the routing data source, as only those can
	 * @throws SQLException if it is closed
	 */
	public boolean detach(Connection connection) throws SQLException {
		if (!connection.isWrapperFor(RoutedConnection.class)) {
			return false;
		}
		RouteScope carried = this.contexts.carried(scope(), null);
		connection.unwrap(RoutedConnection.class).detach(ThreadRoutes.detached(this.contexts, carried));
		return true;
	}

	/**
	 * Has a task that another thread is to run take along what has been asked for around
	 * the work of this thread: database, freshness, whose it is and on whose behalf, but
	 * no transaction. That thread has forgotten it when the task ends.
	 * @param task the task
	 * @return the task, as it is to be given to the other thread
	 */
	public Runnable carry(Runnable task) {
		return carry(task, this.contexts.carried(scope(), transaction()));
	}

	/**
	 * Has a task take along the same, and its statements noted, so that yet another
	 * thread can cancel them.
	 * @param task the task
	 * @param statements takes note of them
	 * @return the task, as it is to be given to the other thread
	 */
	public Runnable carry(Runnable task, RunningStatements statements) {
		RouteScope carried = RouteScope.orEmpty(this.contexts.carried(scope(), transaction()));
		ActingScope acting = carried.acting();
		return carry(task, carried.with(new ActingScope(acting.named(), acting.resolved(), statements)));
	}

	private Runnable carry(Runnable task, @Nullable RouteScope carried) {
		return (carried != null) ? () -> this.<@Nullable Void, RuntimeException>scoped(scope(), carried, () -> {
			task.run();
			return null;
		}) : task;
	}

	<T extends @Nullable Object, X extends Throwable> T within(Refinement refinement, ClaimedCall<T, X> call) throws X {
		RouteScope outer = scope();
		RouteScope inner = refinement.apply(RouteScope.orEmpty(outer));
		DatabaseChoice choice = inner.choice();
		if (choice != null && TransactionSynchronizationManager.isSynchronizationActive()
				&& (outer == null || outer.choice() != choice)) {
			claim(choice.database().name(), choice.reason());
		}
		requireSame(inner.acting().named());
		return scopedApart(outer, inner, call);
	}

	private <T extends @Nullable Object, X extends Throwable> T scoped(@Nullable RouteScope outer, RouteScope inner,
			ClaimedCall<T, X> call) throws X {
		restore(inner);
		try {
			return call.run();
		}
		finally {
			restore(outer);
		}
	}

	/**
	 * What was asked for around the work of this thread, {@code null} for nothing.
	 */
	@Nullable RouteScope scope() {
		return thread().scope;
	}

	void restore(@Nullable RouteScope outer) {
		thread().scope = outer;
	}

	Optional<Position> currentPosition() {
		return Optional.ofNullable(this.positions.pending(scope(), current().name()));
	}

	/**
	 * Returns a view on the routing data source whose connections work on one database.
	 * Asking for one inside a transaction claims the database and joins; outside,
	 * everything that is sent over the connection goes there. The view is not a pool, and
	 * so does not unwrap to one: those are the beans of the nodes.
	 * @param name name of the database
	 * @param dataSource the routing data source, or what is wrapped around it
	 * @return the view
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	public DataSource fix(String name, DataSource dataSource) {
		return new DatabaseDataSource(this.databases.get(name), this, dataSource);
	}

	/**
	 * Returns the route that the running transaction has been given.
	 * @return the route; empty when no transaction is running or it has not sent a
	 * statement yet
	 */
	public Optional<Route> currentRoute() {
		TransactionRoute transaction = thread().running();
		return Optional.ofNullable(transaction).map(TransactionRoute::route);
	}

	/**
	 * All databases that can be claimed.
	 */
	Databases databases() {
		return this.databases;
	}

	/**
	 * The database that the next statement of this thread goes to.
	 */
	Database current() {
		boolean reading = TransactionSynchronizationManager.isCurrentTransactionReadOnly();
		return current(reading ? Work.READ : Work.WRITE).database();
	}

	DatabaseChoice current(Work work) {
		return current(thread(), work);
	}

	DatabaseChoice current(ThreadRoutes thread, Work work) {
		TransactionRoute transaction = thread.running();
		DatabaseChoice claimed = (transaction != null) ? transaction.choice() : null;
		if (claimed != null) {
			return claimed;
		}
		RouteScope around = thread.scope;
		DatabaseChoice named = (around != null) ? around.choice() : null;
		return (named != null) ? named : undeclared(work);
	}

	@Nullable DatabaseChoice ruled(Work work) {
		for (DatabaseRule rule : this.rules) {
			String name = rule.databaseFor(work);
			if (name != null) {
				return choice(name, DatabaseReason.RULE);
			}
		}
		return null;
	}

	/**
	 * What is known of the running transaction, {@code null} when none is running.
	 */
	@Nullable TransactionRoute transaction() {
		return thread().transaction();
	}

	/**
	 * What the current thread works on.
	 */
	ThreadRoutes thread() {
		return this.threads.get();
	}

	/**
	 * A call that runs on a claimed database.
	 *
	 * @param <T> type of the result
	 * @param <X> type of what it may throw
	 */
	@FunctionalInterface
	public interface ClaimedCall<T extends @Nullable Object, X extends Throwable> {

		/**
		 * Runs the call.
		 * @return its result
		 * @throws X what it throws
		 */
		T run() throws X;

	}

}
