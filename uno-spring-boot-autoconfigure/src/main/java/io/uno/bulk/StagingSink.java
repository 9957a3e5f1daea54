package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.uno.bulk.StagingTable.Transfer;

/**
 * Collects rows in a temporary table and brings them into the table at the end.
 */
final class StagingSink implements RowSink {

	private final Connection connection;

	private final StagingTable staging;

	private final Transfer transfer;

	private final CopySink copy;

	private boolean created;

	StagingSink(Connection connection, StagingTable staging, List<CopyColumn> columns, Transfer transfer) {
		this.connection = connection;
		this.staging = staging;
		this.transfer = transfer;
		this.copy = new CopySink(connection, staging.copy(), columns);
	}

	@Override
	public void write(Row row) throws RowRefusedException, SQLException {
		if (!this.created) {
			StagingTable.execute(this.connection, this.staging.create());
			this.created = true;
		}
		this.copy.write(row);
	}

	@Override
	public void pause() throws SQLException {
		this.copy.pause();
	}

	@Override
	public Counts finish() throws SQLException {
		long staged = this.copy.finish().inserted();
		if (!this.created) {
			return Counts.inserted(0);
		}
		Counts counts = this.transfer.run(this.connection, staged);
		StagingTable.execute(this.connection, this.staging.drop());
		return counts;
	}

	@Override
	public void cancel() throws SQLException {
		this.copy.cancel();
	}

	@Override
	public long rowOf(long line) {
		return this.copy.rowOf(line);
	}

}
