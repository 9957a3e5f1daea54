package io.uno.datasource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Asks PostgreSQL. No function that is asked needs a privilege.
 * <p>
 * A commit that was acknowledged has been flushed, so that the flush position is at or
 * behind its end; unless {@code synchronous_commit} is off, when only the insert position
 * is sure to be. That one points behind the header of a page where a record ends with the
 * page, which no replica reports as replayed before there is another record; it is
 * rounded back to the page's beginning then.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-BACKUP">System
 * Administration Functions</a>
 */
final class PostgresPositionSource implements PositionSource {

	static final PostgresPositionSource INSTANCE = new PostgresPositionSource();

	/**
	 * What a server says that has the functions in name only, or lacks them: feature not
	 * supported, undefined function, insufficient privilege.
	 */
	private static final Set<String> NO_POSITION = Set.of("0A000", "42883", "42501");

	private static final String SYNCHRONOUS = "current_setting('synchronous_commit') <> 'off'";

	private static final String WRITTEN = """
			select case when %1$s then pg_current_wal_flush_lsn() else pg_current_wal_insert_lsn() end - '0/0'::pg_lsn,
				%1$s, pg_walfile_name(pg_current_wal_flush_lsn()), pg_size_bytes(current_setting('wal_segment_size'))
			where not pg_is_in_recovery()""".formatted(SYNCHRONOUS);

	private static final String REPLAYED = "select pg_last_wal_replay_lsn() - '0/0'::pg_lsn where pg_is_in_recovery()";

	private static final String REPORT = """
			select recovering, system_identifier::text,
				case when recovering then pg_last_wal_replay_lsn()
					when %1$s then pg_current_wal_flush_lsn()
					else pg_current_wal_insert_lsn() end - '0/0'::pg_lsn,
				recovering or %1$s,
				case when not recovering then pg_walfile_name(pg_current_wal_flush_lsn()) end,
				pg_size_bytes(current_setting('wal_segment_size')),
				case when recovering
					then (1000 * extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()))::bigint end
			from (select pg_is_in_recovery() recovering) node, pg_control_system()""".formatted(SYNCHRONOUS);

	/**
	 * Digits of a timeline at the beginning of the name of a log file.
	 */
	private static final int TIMELINE_DIGITS = 8;

	private PostgresPositionSource() {
	}

	@Override
	public boolean supports(Connection connection) throws SQLException {
		return "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
	}

	@Override
	public NodeReport report(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(REPORT);
				ResultSet answer = statement.executeQuery()) {
			answer.next();
			Duty duty = answer.getBoolean(1) ? Duty.REPLICA : Duty.PRIMARY;
			long position = answer.getLong(3);
			if (answer.wasNull()) {
				return new NodeReport(duty, answer.getString(2), 0, null, null);
			}
			String logFile = answer.getString(5);
			long sinceReplay = answer.getLong(7);
			return new NodeReport(duty, answer.getString(2), (logFile != null) ? timeline(logFile) : 0,
					answer.getBoolean(4) ? position : LogPage.reachable(position, answer.getLong(6)),
					answer.wasNull() ? null : Duration.ofMillis(Math.max(0, sinceReplay)));
		}
		catch (SQLException ex) {
			if (hasNoPosition(ex)) {
				return NodeReport.ofDuty(Duty.of(connection));
			}
			throw ex;
		}
	}

	private static boolean hasNoPosition(SQLException failure) {
		return failure instanceof SQLFeatureNotSupportedException || NO_POSITION.contains(failure.getSQLState());
	}

	@Override
	public @Nullable Position written(String database, Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(WRITTEN);
				ResultSet answer = statement.executeQuery()) {
			if (!answer.next()) {
				return null;
			}
			long position = answer.getLong(1);
			return new Position(database, timeline(answer.getString(3)),
					answer.getBoolean(2) ? position : LogPage.reachable(position, answer.getLong(4)));
		}
	}

	private static int timeline(String logFile) {
		return Integer.parseUnsignedInt(logFile.substring(0, TIMELINE_DIGITS), 16);
	}

	@Override
	public @Nullable Long replayed(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(REPLAYED);
				ResultSet answer = statement.executeQuery()) {
			if (!answer.next()) {
				return null;
			}
			long position = answer.getLong(1);
			return answer.wasNull() ? null : position;
		}
	}

}
