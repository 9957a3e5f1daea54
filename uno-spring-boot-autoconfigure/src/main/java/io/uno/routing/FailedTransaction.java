package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.uno.error.FailureOrigin;
import io.uno.error.RolledBackCommitException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

import org.springframework.util.ClassUtils;

/**
 * A transaction that PostgreSQL has given up, as a statement of it has failed. Its commit
 * is a rollback, of which the driver tells nobody.
 */
final class FailedTransaction {

	private static final boolean DRIVER_PRESENT = ClassUtils.isPresent("org.postgresql.core.BaseConnection",
			FailedTransaction.class.getClassLoader());

	private FailedTransaction() {
	}

	/**
	 * Whether the transaction on a connection has been given up, which the driver knows
	 * without asking.
	 */
	static boolean isOn(Connection connection) throws SQLException {
		return DRIVER_PRESENT && connection.isWrapperFor(BaseConnection.class)
				&& connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED;
	}

	/**
	 * What its commit is to throw. To be asked for before it is rolled back.
	 * @param last the last statement that is known to have been sent
	 */
	static RolledBackCommitException commitRefused(Connection connection, Route route, @Nullable String last)
			throws SQLException {
		SQLException cause = causeOn(connection.unwrap(BaseConnection.class));
		String noted = FailureOrigin.statementOf(cause);
		return new RolledBackCommitException(route.database(), route.node().id(), (noted != null) ? noted : last,
				cause);
	}

	/**
	 * The driver keeps the first failure, and gives it to whatever is refused after it.
	 */
	private static SQLException causeOn(BaseConnection driver) throws SQLException {
		try (Statement statement = driver.createStatement()) {
			statement.execute("select 1");
			throw new IllegalStateException("A transaction that is given up has accepted a statement");
		}
		catch (SQLException ex) {
			return (ex.getCause() instanceof SQLException first) ? first : ex;
		}
	}

}
