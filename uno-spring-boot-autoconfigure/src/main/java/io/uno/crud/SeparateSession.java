package io.uno.crud;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Objects;

import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/**
 * Inserts on the connection of a session's transaction, but by a session of its own: one
 * in which an insert has failed can't be used any more, nor its transaction committed.
 */
final class SeparateSession {

	private static final SQLStateSQLExceptionTranslator TRANSLATOR = new SQLStateSQLExceptionTranslator();

	private final SharedSessionContractImplementor session;

	SeparateSession(Session session) {
		this.session = session.unwrap(SharedSessionContractImplementor.class);
	}

	/**
	 * Insert an entity. The session that does so begins a transaction of Hibernate's,
	 * without which it would not write, but does not end it: the connection's transaction
	 * goes on. Marked for rollback it is closed at once, and not with a commit that never
	 * comes.
	 */
	void insert(Object entity) {
		try (Session separate = open()) {
			separate.beginTransaction();
			try {
				separate.persist(entity);
				separate.flush();
			}
			finally {
				separate.getTransaction().markRollbackOnly();
			}
		}
	}

	/**
	 * Insert an entity so that the transaction can go on after a failure.
	 */
	void insertWithinSavepoint(Object entity) {
		Connection connection = connection();
		try {
			Savepoint savepoint = connection.setSavepoint();
			try {
				insert(entity);
			}
			catch (RuntimeException ex) {
				rollback(connection, savepoint, ex);
				throw ex;
			}
			connection.releaseSavepoint(savepoint);
		}
		catch (SQLException ex) {
			throw translated(ex);
		}
	}

	/**
	 * A transaction that can't be rolled back can't go on, whatever the insert's failure
	 * was.
	 */
	private static void rollback(Connection connection, Savepoint savepoint, RuntimeException failure) {
		try {
			connection.rollback(savepoint);
		}
		catch (SQLException ex) {
			DataAccessException translated = translated(ex);
			translated.addSuppressed(failure);
			throw translated;
		}
	}

	private static DataAccessException translated(SQLException ex) {
		String task = "Savepoint around an insert";
		return Objects.requireNonNullElseGet(TRANSLATOR.translate(task, null, ex),
				() -> new UncategorizedSQLException(task, null, ex));
	}

	private Session open() {
		SessionBuilder builder = this.session.getFactory().withOptions().connection(connection());
		Object tenant = this.session.getTenantIdentifierValue();
		return ((tenant != null) ? builder.tenantIdentifier(tenant) : builder).openSession();
	}

	private Connection connection() {
		return this.session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
	}

}
