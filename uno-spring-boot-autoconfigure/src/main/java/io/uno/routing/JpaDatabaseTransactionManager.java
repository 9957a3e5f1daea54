package io.uno.routing;

import jakarta.persistence.EntityManagerFactory;

import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.util.Assert;

/**
 * Transactions of JPA on one database. All such managers, and the one for the default
 * database, share one {@link EntityManagerFactory}: a transaction begun by one of them is
 * joined by the others, unless it works on another database.
 *
 * <pre class="code">
 * &#064;Transactional("journal")
 * void log(String line) { ... }
 * </pre>
 *
 * Safe for use by many threads.
 *
 * @since 0.1.0
 * @see RouteConflictException
 */
public class JpaDatabaseTransactionManager extends JpaTransactionManager {

	private static final long serialVersionUID = 1L;

	private final String database;

	private final transient DatabaseClaims claims;

	/**
	 * Creates a transaction manager.
	 * @param database name of the database that its transactions work on
	 * @param claims tells which database a transaction works on
	 * @param entityManagerFactory the factory shared by all databases
	 * @throws io.uno.datasource.UnknownDatabaseException if there is none of this name
	 */
	public JpaDatabaseTransactionManager(String database, DatabaseClaims claims,
			EntityManagerFactory entityManagerFactory) {
		super(entityManagerFactory);
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

}
