package io.uno.routing;

import javax.sql.DataSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.util.Assert;

/**
 * Transactions of JDBC on one database, for applications without JPA. All such managers,
 * and the one for the default database, share one {@link DataSource}: a transaction begun
 * by one of them is joined by the others, unless it works on another database.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 * @see RouteConflictException
 * @see JpaDatabaseTransactionManager
 */
public class JdbcDatabaseTransactionManager extends JdbcTransactionManager {

	private static final long serialVersionUID = 1L;

	private final String database;

	private final transient DatabaseClaims claims;

	/**
	 * Creates a transaction manager.
	 * @param database name of the database that its transactions work on
	 * @param claims tells which database a transaction works on
	 * @param dataSource the data source shared by all databases
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	public JdbcDatabaseTransactionManager(String database, DatabaseClaims claims, DataSource dataSource) {
		super(dataSource);
		this.database = claims.require(database);
		this.claims = claims;
	}

	/**
	 * Returns the database that transactions of this manager work on.
	 * @return its name
	 */
	public String getDatabase() {
		return this.database;
	}

	@Override
	public void afterPropertiesSet() {
		super.afterPropertiesSet();
		Assert.state(getTransactionSynchronization() != SYNCHRONIZATION_NEVER,
				() -> "Transactions on database '%s' need synchronization to keep their route"
					.formatted(this.database));
	}

	/**
	 * Claims the database. Called when a transaction has begun, and as well when one is
	 * joined, which nothing else is told of.
	 */
	@Override
	protected void prepareSynchronization(DefaultTransactionStatus status, TransactionDefinition definition) {
		super.prepareSynchronization(status, definition);
		this.claims.claim(this.database, DatabaseReason.ANNOTATION);
	}

	/**
	 * Claims the database for a nested transaction, which is only asked about this before
	 * its savepoint is set.
	 */
	@Override
	protected boolean useSavepointForNestedTransaction() {
		this.claims.claim(this.database, DatabaseReason.ANNOTATION);
		return super.useSavepointForNestedTransaction();
	}

}
