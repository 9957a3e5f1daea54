package io.uno.routing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A statement whose SQL is only known when it is executed, and noted then. Written out,
 * as a proxy would cost every execution more than all else that routing does.
 */
final class NotedStatement implements Statement {

	private final Statement statement;

	private final RoutedConnection connection;

	private List<String> batch = List.of();

	/**
	 * Create a statement.
	 * @param statement the statement of the node
	 * @param connection is told what is executed
	 */
	NotedStatement(Statement statement, RoutedConnection connection) {
		this.statement = statement;
		this.connection = connection;
	}

	/**
	 * Which of a batch fails is known to the server only.
	 */
	private void noteBatch() throws SQLException {
		if (!this.batch.isEmpty()) {
			this.connection.note(String.join("; ", this.batch));
			this.batch = List.of();
		}
	}

	@Override
	public boolean execute(String sql) throws SQLException {
		this.connection.note(sql);
		return this.statement.execute(sql);
	}

	@Override
	public boolean execute(String sql, int generatedKeys) throws SQLException {
		this.connection.note(sql);
		return this.statement.execute(sql, generatedKeys);
	}

	@Override
	public boolean execute(String sql, int[] columnIndexes) throws SQLException {
		this.connection.note(sql);
		return this.statement.execute(sql, columnIndexes);
	}

	@Override
	public boolean execute(String sql, String[] columnNames) throws SQLException {
		this.connection.note(sql);
		return this.statement.execute(sql, columnNames);
	}

	@Override
	public ResultSet executeQuery(String sql) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeQuery(sql);
	}

	@Override
	public int executeUpdate(String sql) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeUpdate(sql);
	}

	@Override
	public int executeUpdate(String sql, int generatedKeys) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeUpdate(sql, generatedKeys);
	}

	@Override
	public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeUpdate(sql, columnIndexes);
	}

	@Override
	public int executeUpdate(String sql, String[] columnNames) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeUpdate(sql, columnNames);
	}

	@Override
	public long executeLargeUpdate(String sql) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeLargeUpdate(sql);
	}

	@Override
	public long executeLargeUpdate(String sql, int generatedKeys) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeLargeUpdate(sql, generatedKeys);
	}

	@Override
	public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeLargeUpdate(sql, columnIndexes);
	}

	@Override
	public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
		this.connection.note(sql);
		return this.statement.executeLargeUpdate(sql, columnNames);
	}

	@Override
	public void addBatch(String sql) throws SQLException {
		this.statement.addBatch(sql);
		if (this.batch.isEmpty()) {
			this.batch = new ArrayList<>();
		}
		this.batch.add(sql);
	}

	@Override
	public void clearBatch() throws SQLException {
		this.batch = List.of();
		this.statement.clearBatch();
	}

	@Override
	public int[] executeBatch() throws SQLException {
		noteBatch();
		return this.statement.executeBatch();
	}

	@Override
	public long[] executeLargeBatch() throws SQLException {
		noteBatch();
		return this.statement.executeLargeBatch();
	}

	@Override
	public boolean getMoreResults() throws SQLException {
		return this.statement.getMoreResults();
	}

	@Override
	public boolean getMoreResults(int current) throws SQLException {
		return this.statement.getMoreResults(current);
	}

	@Override
	public boolean isCloseOnCompletion() throws SQLException {
		return this.statement.isCloseOnCompletion();
	}

	@Override
	public boolean isClosed() throws SQLException {
		return this.statement.isClosed();
	}

	@Override
	public boolean isPoolable() throws SQLException {
		return this.statement.isPoolable();
	}

	@Override
	public int getFetchDirection() throws SQLException {
		return this.statement.getFetchDirection();
	}

	@Override
	public int getFetchSize() throws SQLException {
		return this.statement.getFetchSize();
	}

	@Override
	public int getMaxFieldSize() throws SQLException {
		return this.statement.getMaxFieldSize();
	}

	@Override
	public int getMaxRows() throws SQLException {
		return this.statement.getMaxRows();
	}

	@Override
	public int getQueryTimeout() throws SQLException {
		return this.statement.getQueryTimeout();
	}

	@Override
	public int getResultSetConcurrency() throws SQLException {
		return this.statement.getResultSetConcurrency();
	}

	@Override
	public int getResultSetHoldability() throws SQLException {
		return this.statement.getResultSetHoldability();
	}

	@Override
	public int getResultSetType() throws SQLException {
		return this.statement.getResultSetType();
	}

	@Override
	public int getUpdateCount() throws SQLException {
		return this.statement.getUpdateCount();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.statement.getConnection();
	}

	@Override
	public ResultSet getGeneratedKeys() throws SQLException {
		return this.statement.getGeneratedKeys();
	}

	@Override
	public @Nullable ResultSet getResultSet() throws SQLException {
		return this.statement.getResultSet();
	}

	@Override
	public @Nullable SQLWarning getWarnings() throws SQLException {
		return this.statement.getWarnings();
	}

	@Override
	public void cancel() throws SQLException {
		this.statement.cancel();
	}

	@Override
	public void clearWarnings() throws SQLException {
		this.statement.clearWarnings();
	}

	@Override
	public void close() throws SQLException {
		this.statement.close();
	}

	@Override
	public void closeOnCompletion() throws SQLException {
		this.statement.closeOnCompletion();
	}

	@Override
	public void setCursorName(String name) throws SQLException {
		this.statement.setCursorName(name);
	}

	@Override
	public void setEscapeProcessing(boolean enable) throws SQLException {
		this.statement.setEscapeProcessing(enable);
	}

	@Override
	public void setFetchDirection(int direction) throws SQLException {
		this.statement.setFetchDirection(direction);
	}

	@Override
	public void setFetchSize(int rows) throws SQLException {
		this.statement.setFetchSize(rows);
	}

	@Override
	public void setMaxFieldSize(int bytes) throws SQLException {
		this.statement.setMaxFieldSize(bytes);
	}

	@Override
	public void setMaxRows(int rows) throws SQLException {
		this.statement.setMaxRows(rows);
	}

	@Override
	public void setPoolable(boolean poolable) throws SQLException {
		this.statement.setPoolable(poolable);
	}

	@Override
	public void setQueryTimeout(int seconds) throws SQLException {
		this.statement.setQueryTimeout(seconds);
	}

	@Override
	public long getLargeMaxRows() throws SQLException {
		return this.statement.getLargeMaxRows();
	}

	@Override
	public long getLargeUpdateCount() throws SQLException {
		return this.statement.getLargeUpdateCount();
	}

	@Override
	public void setLargeMaxRows(long rows) throws SQLException {
		this.statement.setLargeMaxRows(rows);
	}

	@Override
	public String enquoteLiteral(String value) throws SQLException {
		return this.statement.enquoteLiteral(value);
	}

	@Override
	public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
		return this.statement.enquoteIdentifier(identifier, alwaysQuote);
	}

	@Override
	public boolean isSimpleIdentifier(String identifier) throws SQLException {
		return this.statement.isSimpleIdentifier(identifier);
	}

	@Override
	public String enquoteNCharLiteral(String value) throws SQLException {
		return this.statement.enquoteNCharLiteral(value);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(this.statement) ? type.cast(this.statement) : this.statement.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this.statement) || this.statement.isWrapperFor(type);
	}

	@Override
	public String toString() {
		return this.statement.toString();
	}

}
