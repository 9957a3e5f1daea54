package io.uno.bulk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Collects rows in a temporary table and brings them into the table at the end.
 */
final class StagingSink implements RowSink {

	private final Connection connection;

	private final StagingStatements statements;

	private final CopySink copy;

	private boolean created;

	StagingSink(Connection connection, StagingStatements statements, List<CopyColumn> columns) {
		this.connection = connection;
		this.statements = statements;
		this.copy = new CopySink(connection, statements.copy(), columns);
	}

	@Override
	public void write(Row row) throws RowRefusedException, SQLException {
		if (!this.created) {
			execute(this.statements.create());
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
		Counts counts = bringIn(staged);
		execute(this.statements.drop());
		return counts;
	}

	private Counts bringIn(long staged) throws SQLException {
		if (!this.statements.merge()) {
			long updated = this.statements.updatesAnything() ? execute(this.statements.update()) : 0;
			long inserted = execute(this.statements.insertMissing());
			return new Counts(inserted, updated, staged - inserted - updated);
		}
		return this.statements.returning() ? mergeReturning(staged) : merge(staged);
	}

	private Counts merge(long staged) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet results = statement.executeQuery(this.statements.countFound())) {
			results.next();
			long found = results.getLong(1);
			long differing = results.getLong(2);
			long written = execute(this.statements.mergeRows());
			return new Counts(written - differing, differing, found - differing);
		}
	}

	private Counts mergeReturning(long staged) throws SQLException {
		long inserted = 0;
		long updated = 0;
		try (Statement statement = this.connection.createStatement();
				ResultSet results = statement.executeQuery(this.statements.mergeReturning())) {
			while (results.next()) {
				boolean insert = results.getString(1).equals("INSERT");
				inserted += insert ? results.getLong(2) : 0;
				updated += insert ? 0 : results.getLong(2);
			}
		}
		return new Counts(inserted, updated, staged - inserted - updated);
	}

	private long execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			return statement.executeLargeUpdate(sql);
		}
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
