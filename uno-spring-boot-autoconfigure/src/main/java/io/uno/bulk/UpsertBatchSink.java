package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows in batches of {@code UPDATE}, and those that updated nothing in batches of
 * {@code INSERT}.
 */
final class UpsertBatchSink implements RowSink {

	private static final int BATCH_SIZE = 500;

	private final Batch updates;

	private final Batch inserts;

	private final List<Integer> updateParameters;

	private final List<BatchColumn> columns;

	private final List<@Nullable Object[]> rows = new ArrayList<>(BATCH_SIZE);

	private @Nullable SharedSessionContractImplementor session;

	private long inserted;

	private long updated;

	UpsertBatchSink(Connection connection, BatchStatements statements, List<BatchColumn> columns) {
		this.updates = new Batch(connection, statements.update());
		this.inserts = new Batch(connection, statements.insert());
		this.updateParameters = statements.updateParameters();
		this.columns = columns;
	}

	@Override
	public void write(Row row) throws RowRefusedException, SQLException {
		@Nullable Object[] values = new @Nullable Object[this.columns.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.columns.get(i).value(row);
		}
		this.rows.add(values);
		this.session = row.session();
		if (this.rows.size() == BATCH_SIZE) {
			pause();
		}
	}

	@Override
	public void pause() throws SQLException {
		SharedSessionContractImplementor session = this.session;
		if (!this.rows.isEmpty() && session != null) {
			send(session);
			this.rows.clear();
		}
	}

	private void send(SharedSessionContractImplementor session) throws SQLException {
		for (@Nullable
		Object[] values : this.rows) {
			for (int i = 0; i < this.updateParameters.size(); i++) {
				int column = this.updateParameters.get(i);
				this.columns.get(column).bind(this.updates.statement(), i + 1, values[column], session);
			}
			this.updates.statement().addBatch();
		}
		int[] counts = this.updates.execute();
		int missing = 0;
		for (int row = 0; row < counts.length; row++) {
			if (counts[row] == 0) {
				addInsert(this.rows.get(row), session);
				missing++;
			}
		}
		if (missing > 0) {
			this.inserts.execute();
		}
		this.inserted += missing;
		this.updated += counts.length - missing;
	}

	private void addInsert(@Nullable Object[] values, SharedSessionContractImplementor session) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			this.columns.get(i).bind(this.inserts.statement(), i + 1, values[i], session);
		}
		this.inserts.statement().addBatch();
	}

	@Override
	public Counts finish() throws SQLException {
		pause();
		cancel();
		return new Counts(this.inserted, this.updated, 0);
	}

	@Override
	public void cancel() throws SQLException {
		try {
			this.updates.close();
		}
		finally {
			this.inserts.close();
		}
	}

	@Override
	public long rowOf(long line) {
		return 0;
	}

}
