package io.uno.bulk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Sends rows in batches of a prepared {@code INSERT}.
 */
final class BatchSink implements RowSink {

	private static final int BATCH_SIZE = 500;

	private final Connection connection;

	private final String statement;

	private final List<BatchColumn> columns;

	private final @Nullable Object[] values;

	private @Nullable PreparedStatement prepared;

	private int size;

	BatchSink(Connection connection, String statement, List<BatchColumn> columns) {
		this.connection = connection;
		this.statement = statement;
		this.columns = columns;
		this.values = new @Nullable Object[columns.size()];
	}

	@Override
	public void write(Row row) throws RowRefusedException, SQLException {
		for (int i = 0; i < this.values.length; i++) {
			this.values[i] = this.columns.get(i).value(row);
		}
		PreparedStatement batch = prepared();
		for (int i = 0; i < this.values.length; i++) {
			this.columns.get(i).bind(batch, i + 1, this.values[i], row.session());
		}
		batch.addBatch();
		if (++this.size == BATCH_SIZE) {
			send(batch);
		}
	}

	private PreparedStatement prepared() throws SQLException {
		if (this.prepared == null) {
			this.prepared = this.connection.prepareStatement(this.statement);
		}
		return this.prepared;
	}

	private void send(PreparedStatement batch) throws SQLException {
		batch.executeBatch();
		this.size = 0;
	}

	@Override
	public void pause() throws SQLException {
		PreparedStatement batch = this.prepared;
		if (batch != null) {
			try (batch) {
				if (this.size > 0) {
					send(batch);
				}
			}
			this.prepared = null;
		}
	}

	@Override
	public void cancel() throws SQLException {
		PreparedStatement batch = this.prepared;
		this.prepared = null;
		if (batch != null) {
			batch.close();
		}
	}

	@Override
	public long rowOf(long line) {
		return 0;
	}

}
