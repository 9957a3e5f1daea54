package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Sends rows by binary {@code COPY}. A copy is begun by the first row and ended by
 * {@link #pause()}; nothing but success ends it, a failure cancels it.
 */
final class CopySink implements RowSink {

	private final Connection connection;

	private final String statement;

	private final List<CopyColumn> columns;

	private final CopyBuffer buffer = new CopyBuffer();

	private final RowNumbers numbers = new RowNumbers();

	private @Nullable CopyIn copy;

	private long sent;

	CopySink(Connection connection, String statement, List<CopyColumn> columns) {
		this.connection = connection;
		this.statement = statement;
		this.columns = columns;
	}

	@Override
	public void write(Row row) throws RowRefusedException, SQLException {
		encode(row);
		if (this.copy == null) {
			begin();
		}
		this.numbers.add(row.number());
		this.sent++;
		if (this.buffer.isFull()) {
			send();
		}
	}

	private void encode(Row row) throws RowRefusedException {
		if (this.copy == null && this.buffer.length() == 0) {
			this.buffer.putHeader();
		}
		this.buffer.beginRow(this.columns.size());
		boolean encoded = false;
		try {
			for (CopyColumn column : this.columns) {
				column.put(row, this.buffer);
			}
			encoded = true;
		}
		finally {
			if (!encoded) {
				this.buffer.takeBackRow();
			}
		}
	}

	private void begin() throws SQLException {
		this.copy = this.connection.unwrap(PGConnection.class).getCopyAPI().copyIn(this.statement);
		this.numbers.clear();
	}

	private void send() throws SQLException {
		if (this.copy != null) {
			this.copy.writeToCopy(this.buffer.bytes(), 0, this.buffer.length());
			this.buffer.clear();
		}
	}

	@Override
	public void pause() throws SQLException {
		CopyIn ending = this.copy;
		if (ending != null) {
			this.buffer.putTrailer();
			send();
			ending.endCopy();
			this.copy = null;
		}
	}

	@Override
	public Counts finish() throws SQLException {
		pause();
		return Counts.inserted(this.sent);
	}

	@Override
	public void cancel() throws SQLException {
		CopyIn cancelled = this.copy;
		this.copy = null;
		if (cancelled != null && cancelled.isActive()) {
			cancelled.cancelCopy();
		}
	}

	@Override
	public long rowOf(long line) {
		return this.numbers.of(line);
	}

}
