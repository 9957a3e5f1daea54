package io.uno.routing;

import java.util.Optional;

import javax.sql.DataSource;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NamedThreadLocal;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
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

	private final ThreadLocal<String> scope = new NamedThreadLocal<>("database claimed for a call");

	/**
	 * Creates claims on the given databases.
	 * @param databases all databases
	 */
	public DatabaseClaims(Databases databases) {
		this.databases = databases;
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

	/**
	 * Claims a database for the running transaction.
	 * @param name name of the database
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 * @throws RouteConflictException if the transaction works on another database
	 * @throws RoleNotPermittedException if the transaction acts as a role that is not
	 * permitted there
	 * @throws IllegalStateException if no transaction is running
	 */
	public void claim(String name) {
		Database database = this.databases.get(name);
		requireTransaction("work on database '%s'".formatted(name)).claim(database);
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
		requireTransaction("act on someone's behalf").act(context);
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
	 * Returns on whose behalf the running transaction acts.
	 * @return its context, without any setting when it acts for nobody in particular or
	 * no transaction is running
	 */
	public TransactionContext currentContext() {
		TransactionRoute transaction = (TransactionRoute) TransactionSynchronizationManager.getResource(this);
		return (transaction != null) ? transaction.context() : TransactionContext.none();
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
	 * @param call the call
	 * @return the call's result
	 * @throws X what the call throws
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 * @throws RouteConflictException if the transaction works on another database
	 */
	public <T extends @Nullable Object, X extends Throwable> T on(String name, ClaimedCall<T, X> call) throws X {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			claim(name);
			return call.run();
		}
		String outer = this.scope.get();
		this.scope.set(this.databases.get(name).name());
		try {
			return call.run();
		}
		finally {
			restore(outer);
		}
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

	private void restore(@Nullable String outer) {
		if (outer == null) {
			this.scope.remove();
		}
		else {
			this.scope.set(outer);
		}
	}

	/**
	 * Returns the route that the running transaction has been given.
	 * @return the route; empty when no transaction is running or it has not sent a
	 * statement yet
	 */
	public Optional<Route> currentRoute() {
		TransactionRoute transaction = (TransactionRoute) TransactionSynchronizationManager.getResource(this);
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
		TransactionRoute transaction = (TransactionRoute) TransactionSynchronizationManager.getResource(this);
		if (transaction != null && transaction.database() != null) {
			return transaction.database();
		}
		String claimed = this.scope.get();
		return (claimed != null) ? this.databases.get(claimed) : this.databases.getDefault();
	}

	/**
	 * What is known of the running transaction, {@code null} when none is running.
	 */
	@Nullable TransactionRoute transaction() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		TransactionRoute transaction = (TransactionRoute) TransactionSynchronizationManager.getResource(this);
		if (transaction == null) {
			transaction = new TransactionRoute();
			TransactionSynchronizationManager.bindResource(this, transaction);
			TransactionSynchronizationManager.registerSynchronization(new Unbinding(this, transaction));
		}
		return transaction;
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

	/**
	 * Keeps the transaction's route out of transactions that suspend it. Spring's own
	 * holder synchronization lets go before the commit, when a flush may still send the
	 * first statement.
	 */
	private record Unbinding(DatabaseClaims key, TransactionRoute transaction) implements TransactionSynchronization {

		@Override
		public void suspend() {
			TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
		}

		@Override
		public void resume() {
			TransactionSynchronizationManager.bindResource(this.key, this.transaction);
		}

		@Override
		public void afterCompletion(int status) {
			TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

	}

}
