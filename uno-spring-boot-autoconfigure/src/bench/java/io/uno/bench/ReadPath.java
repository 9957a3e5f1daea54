package io.uno.bench;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Read-only transactions over a data source.
 *
 * @param dataSource the data source
 * @param transactions runs a read-only transaction
 * @param resources what has to be closed in the end
 */
record ReadPath(DataSource dataSource, TransactionOperations transactions,
		List<Closeable> resources) implements Closeable {

	/**
	 * Creates a path where Spring's transaction says all that has to be said.
	 * @param dataSource the data source
	 * @param resources what has to be closed in the end
	 * @return the path
	 */
	static ReadPath of(DataSource dataSource, Closeable... resources) {
		return new ReadPath(dataSource, readOnly(dataSource), List.of(resources));
	}

	/**
	 * The same manager for everyone, and the transaction a real one: begun, with its
	 * connection bound to the thread, and committed.
	 */
	static TransactionOperations readOnly(DataSource dataSource) {
		TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
		transactions.setReadOnly(true);
		return transactions;
	}

	<T> T read(Work<T> work) {
		return this.transactions.execute((status) -> {
			Connection connection = DataSourceUtils.getConnection(this.dataSource);
			try {
				return work.run(connection);
			}
			catch (SQLException ex) {
				throw new IllegalStateException("A read failed", ex);
			}
			finally {
				DataSourceUtils.releaseConnection(connection, this.dataSource);
			}
		});
	}

	@Override
	public void close() throws IOException {
		for (Closeable resource : this.resources) {
			resource.close();
		}
	}

	/**
	 * What is done in the transaction.
	 *
	 * @param <T> type of the result
	 */
	@FunctionalInterface
	interface Work<T> {

		T run(Connection connection) throws SQLException;

	}

}
