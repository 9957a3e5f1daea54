package io.uno.bulk;

import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Objects;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in the caller's transaction, with a savepoint to which it goes back on
 * failure so that the caller may go on, or in a transaction of its own.
 */
final class BulkTransaction {

	private final TransactionTemplate template;

	private final DataSource dataSource;

	BulkTransaction(PlatformTransactionManager transactionManager, DataSource dataSource) {
		this.template = new TransactionTemplate(transactionManager);
		this.dataSource = dataSource;
	}

	/**
	 * Do work.
	 * @param <T> what it gives back
	 * @param preparation what is done before the connection is fetched, and is kept on
	 * failure
	 * @param work what is undone on failure
	 * @return the work's result
	 */
	<T> T execute(Runnable preparation, Work<T> work) {
		Outcome<T> outcome = this.template.execute((status) -> {
			if (status.isNewTransaction()) {
				preparation.run();
				return Outcome.of(withConnection(work));
			}
			return participate(status, preparation, work);
		});
		return Objects.requireNonNull(outcome).get();
	}

	/**
	 * Let no exception pass through the template, which would mark the caller's
	 * transaction as one that can only roll back, once the savepoint has undone the work.
	 */
	private <T> Outcome<T> participate(TransactionStatus status, Runnable preparation, Work<T> work) {
		preparation.run();
		return withConnection((connection) -> {
			Savepoint savepoint = connection.setSavepoint();
			try {
				T result = work.run(connection);
				connection.releaseSavepoint(savepoint);
				return Outcome.of(result);
			}
			catch (Throwable failure) {
				undo(connection, savepoint, status, failure);
				return Outcome.failed(failure);
			}
		});
	}

	/**
	 * What can't be undone alone is undone with the caller's transaction.
	 */
	private static void undo(Connection connection, Savepoint savepoint, TransactionStatus status, Throwable failure) {
		try {
			connection.rollback(savepoint);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
			status.setRollbackOnly();
		}
	}

	private <T> T withConnection(Work<T> work) {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try {
			return work.run(connection);
		}
		catch (SQLException ex) {
			throw ServerFailure.translate("Bulk operation", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.dataSource);
		}
	}

	/**
	 * Something done over a connection.
	 *
	 * @param <T> what it gives back
	 */
	@FunctionalInterface
	interface Work<T> {

		T run(Connection connection) throws SQLException;

	}

	/**
	 * A result or a failure.
	 *
	 * @param <T> the result
	 */
	private record Outcome<T>(@Nullable T result, @Nullable Throwable failure) {

		static <T> Outcome<T> of(T result) {
			return new Outcome<>(result, null);
		}

		static <T> Outcome<T> failed(Throwable failure) {
			return new Outcome<>(null, failure);
		}

		T get() {
			if (this.failure instanceof RuntimeException exception) {
				throw exception;
			}
			if (this.failure instanceof Error error) {
				throw error;
			}
			if (this.failure instanceof SQLException exception) {
				throw ServerFailure.translate("Bulk operation", exception);
			}
			if (this.failure != null) {
				// as the template does with what is checked and not declared
				throw new UndeclaredThrowableException(this.failure,
						"Bulk operation threw undeclared checked exception");
			}
			return Objects.requireNonNull(this.result);
		}

	}

}
