package io.uno.datasource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Objects;
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
	 * What a server says that has the functions in name only, lacks them, or keeps them
	 * to itself: feature not supported, undefined function, insufficient privilege.
	 */
	private static final Set<String> NO_POSITION = Set.of("0A000", "42883", "42501");

	private static final String SYNCHRONOUS = "current_setting('synchronous_commit') <> 'off'";

	private static final String WRITTEN = """
			select case when %1$s then pg_current_wal_flush_lsn() else pg_current_wal_insert_lsn() end - '0/0'::pg_lsn,
				%1$s, pg_walfile_name(pg_current_wal_flush_lsn()), pg_size_bytes(current_setting('wal_segment_size'))
			where not pg_is_in_recovery()""";

	private static final String FLUSHED = WRITTEN.formatted(SYNCHRONOUS);

	private static final String UNFLUSHED = WRITTEN.formatted("false");

	/**
	 * Where a replica may say which timeline it is on: at its last restart point, where
	 * it last wrote a changed page, and, to who may read statistics, where it streams
	 * from. Each is one that it has reached, though maybe not the last; how far it has
	 * replayed is asked after that.
	 */
	private static final String REACHED_TIMELINE = """
			(select greatest(timeline_id, min_recovery_end_timeline, (select received_tli from pg_stat_wal_receiver))
				from pg_control_checkpoint(), pg_control_recovery())""";

	private static final String REPLAYED = """
			select %s, pg_last_wal_replay_lsn() - '0/0'::pg_lsn
			where pg_is_in_recovery()""".formatted(REACHED_TIMELINE);

	private static final String REPORT = """
			select recovering, system_identifier::text,
				case when recovering then %2$s end,
				case when recovering then pg_last_wal_replay_lsn()
					when %1$s then pg_current_wal_flush_lsn()
					else pg_current_wal_insert_lsn() end - '0/0'::pg_lsn,
				recovering or %1$s,
				case when not recovering then pg_walfile_name(pg_current_wal_flush_lsn()) end,
				pg_size_bytes(current_setting('wal_segment_size')),
				case when recovering
					then (1000 * extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()))::bigint end
			from (select pg_is_in_recovery() recovering) node, pg_control_system()""".formatted(SYNCHRONOUS,
			REACHED_TIMELINE);

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
		return Objects.requireNonNull(ask(connection, REPORT, PostgresPositionSource::report));
	}

	private static NodeReport report(ResultSet answer) throws SQLException {
		boolean recovering = answer.getBoolean(1);
		int timeline = recovering ? answer.getInt(3) : timeline(answer.getString(6));
		long position = position(answer, 4);
		boolean exact = answer.getBoolean(5);
		long sinceReplay = answer.getLong(8);
		Duration replay = answer.wasNull() ? null : Duration.ofMillis(Math.max(0, sinceReplay));
		return new NodeReport(recovering ? Duty.REPLICA : Duty.PRIMARY, answer.getString(2), timeline,
				exact ? position : LogPage.reachable(position, answer.getLong(7)), replay);
	}

	@Override
	public @Nullable Position written(String database, Connection connection, boolean flushed) throws SQLException {
		return ask(connection, flushed ? FLUSHED : UNFLUSHED, (answer) -> {
			long position = position(answer, 1);
			return new Position(database, timeline(answer.getString(3)),
					answer.getBoolean(2) ? position : LogPage.reachable(position, answer.getLong(4)));
		});
	}

	@Override
	public @Nullable Position replayed(String database, Connection connection) throws SQLException {
		return ask(connection, REPLAYED, (answer) -> new Position(database, answer.getInt(1), position(answer, 2)));
	}

	private static <T> @Nullable T ask(Connection connection, String question, Reader<T> reader) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(question);
				ResultSet answer = statement.executeQuery()) {
			return answer.next() ? reader.read(answer) : null;
		}
		catch (SQLException ex) {
			if (ex.getSQLState() != null && NO_POSITION.contains(ex.getSQLState())) {
				throw new SQLFeatureNotSupportedException(ex.getMessage(), ex.getSQLState(), ex);
			}
			throw ex;
		}
	}

	/**
	 * A replica that answers has replayed something, else it would be inconsistent: a
	 * server without an answer only looks like PostgreSQL.
	 */
	private static long position(ResultSet answer, int column) throws SQLException {
		long position = answer.getLong(column);
		if (answer.wasNull()) {
			throw new SQLFeatureNotSupportedException("the server has no position in a log");
		}
		return position;
	}

	private static int timeline(String logFile) {
		return Integer.parseUnsignedInt(logFile.substring(0, TIMELINE_DIGITS), 16);
	}

	private interface Reader<T> {

		T read(ResultSet answer) throws SQLException;

	}

}
