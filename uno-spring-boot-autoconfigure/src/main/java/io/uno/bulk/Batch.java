package io.uno.bulk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A statement that is executed for many rows at once, prepared when the first one comes.
 */
final class Batch {

	private final Connection connection;

	private final String sql;

	private @Nullable PreparedStatement statement;

	Batch(Connection connection, String sql) {
		this.connection = connection;
		this.sql = sql;
	}

	PreparedStatement statement() throws SQLException {
		if (this.statement == null) {
			this.statement = this.connection.prepareStatement(this.sql);
		}
		return this.statement;
	}

	int[] execute() throws SQLException {
		return statement().executeBatch();
	}

	void close() throws SQLException {
		PreparedStatement closed = this.statement;
		this.statement = null;
		if (closed != null) {
			closed.close();
		}
	}

}
