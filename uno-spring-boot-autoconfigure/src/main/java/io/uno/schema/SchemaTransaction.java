package io.uno.schema;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.jdbc.core.StatementCallback;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Executes statements as one transaction.
 */
final class SchemaTransaction {

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	SchemaTransaction(DataSource dataSource, PlatformTransactionManager transactionManager) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.transactions = new TransactionTemplate(transactionManager);
		this.transactions.setName("Schema.apply");
	}

	void execute(Runnable claim, List<String> statements) {
		this.transactions.executeWithoutResult((status) -> {
			claim.run();
			statements.forEach((sql) -> this.jdbc.execute(new Execution(sql)));
		});
	}

	/**
	 * Sends a statement as it is: braces in the body of a function are no escapes of
	 * JDBC.
	 *
	 * @param sql the statement
	 */
	private record Execution(String sql) implements StatementCallback<Boolean>, SqlProvider {

		@Override
		public Boolean doInStatement(Statement statement) throws SQLException {
			statement.setEscapeProcessing(false);
			return statement.execute(this.sql);
		}

		@Override
		public String getSql() {
			return this.sql;
		}

	}

}
