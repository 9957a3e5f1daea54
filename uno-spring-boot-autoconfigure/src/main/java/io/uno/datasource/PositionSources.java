package io.uno.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds the source that knows how to ask the servers of one database. Safe for use by
 * many threads.
 */
final class PositionSources {

	private final List<PositionSource> candidates;

	private volatile boolean found;

	private volatile @Nullable PositionSource source;

	PositionSources(List<PositionSource> candidates) {
		this.candidates = candidates;
	}

	/**
	 * The source, {@code null} if the servers of the database tell no positions.
	 */
	@Nullable PositionSource find(Connection connection) throws SQLException {
		if (!this.found) {
			this.source = supporting(connection);
			this.found = true;
		}
		return this.source;
	}

	private @Nullable PositionSource supporting(Connection connection) throws SQLException {
		for (PositionSource candidate : this.candidates) {
			if (candidate.supports(connection)) {
				return candidate;
			}
		}
		return null;
	}

	NodeReport report(Connection connection) throws SQLException {
		PositionSource known = find(connection);
		return (known != null) ? known.report(connection) : NodeReport.ofDuty(Duty.of(connection));
	}

	/**
	 * Whether the servers tell positions, as far as is known.
	 */
	boolean mayTell() {
		return !this.found || this.source != null;
	}

	/**
	 * Ask for no position from now on.
	 * @return whether that is news
	 */
	boolean giveUp() {
		boolean news = mayTell();
		this.source = null;
		this.found = true;
		return news;
	}

}
