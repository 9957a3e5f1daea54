package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Sends rows in batches of {@code INSERT}.
 */
final class InsertBatchSink implements RowSink {

	private static final int BATCH_SIZE = 500;

	private final Batch batch;

	private final List<BatchColumn> columns;

	private final @Nullable Object[] values;

	private int size;

	private long sent;

	InsertBatchSink(Connection connection, String statement, List<BatchColumn> columns) {
		this.batch = new Batch(connection, statement);
		this.columns = columns;
		this.values = new @Nullable Object[columns.size()];
	}

	@Override
	public void write(Row row) throws RowRefusedException, SQLException {
		for (int i = 0; i < this.values.length; i++) {
			this.values[i] = this.columns.get(i).value(row);
		}
		for (int i = 0; i < this.values.length; i++) {
			this.columns.get(i).bind(this.batch.statement(), i + 1, this.values[i], row.session());
		}
		this.batch.statement().addBatch();
		if (++this.size == BATCH_SIZE) {
			pause();
		}
	}

	@Override
	public void pause() throws SQLException {
		if (this.size > 0) {
			this.batch.execute();
			this.sent += this.size;
			this.size = 0;
		}
	}

	@Override
	public Counts finish() throws SQLException {
		pause();
		this.batch.close();
		return Counts.inserted(this.sent);
	}

	@Override
	public void cancel() throws SQLException {
		this.batch.close();
	}

	@Override
	public long rowOf(long line) {
		return 0;
	}

}
