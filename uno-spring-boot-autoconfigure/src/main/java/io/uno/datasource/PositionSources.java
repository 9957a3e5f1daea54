package io.uno.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds the source that knows how to ask the servers of one database, and asks no more
 * once one of them turns out to tell no positions. Safe for use by many threads.
 */
final class PositionSources {

	private static final Log logger = LogFactory.getLog(PositionSources.class);

	private final String database;

	private final List<PositionSource> candidates;

	private final AtomicBoolean givenUp = new AtomicBoolean();

	private volatile @Nullable PositionSource source;

	PositionSources(String database, List<PositionSource> candidates) {
		this.database = database;
		this.candidates = List.copyOf(candidates);
	}

	NodeReport report(Connection connection) throws SQLException {
		NodeReport report = ask(connection, (source) -> source.report(connection));
		return (report != null) ? report : NodeReport.ofDuty(Duty.of(connection));
	}

	@Nullable Position written(Connection connection, boolean flushed) throws SQLException {
		return ask(connection, (source) -> source.written(this.database, connection, flushed));
	}

	@Nullable Position replayed(Connection connection) throws SQLException {
		return ask(connection, (source) -> source.replayed(this.database, connection));
	}

	private <T> @Nullable T ask(Connection connection, Question<T> question) throws SQLException {
		PositionSource known = find(connection);
		if (known == null) {
			return null;
		}
		try {
			return question.ask(known);
		}
		catch (SQLFeatureNotSupportedException ex) {
			giveUp(String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private @Nullable PositionSource find(Connection connection) throws SQLException {
		PositionSource known = this.source;
		if (known != null || !mayTell()) {
			return known;
		}
		for (PositionSource candidate : this.candidates) {
			if (candidate.supports(connection)) {
				this.source = candidate;
				return candidate;
			}
		}
		giveUp("nothing is known of positions on " + connection.getMetaData().getDatabaseProductName());
		return null;
	}

	/**
	 * Whether the servers tell positions, as far as is known.
	 */
	boolean mayTell() {
		return !this.givenUp.get();
	}

	private void giveUp(String reason) {
		this.source = null;
		if (this.givenUp.compareAndSet(false, true)) {
			logger.info("The servers of '%s' tell no positions: %s; who has written reads from the primary for a while"
				.formatted(this.database, reason));
		}
	}

	private interface Question<T> {

		@Nullable T ask(PositionSource source) throws SQLException;

	}

}
