package io.uno.routing;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;

/**
 * Tells a commit that got no answer from one that was refused: SQL has a state of its own
 * for that, which no driver gives.
 */
final class UnansweredCommit {

	private static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";

	/**
	 * A server that shuts down may have committed already, and wait for its replicas.
	 */
	private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02");

	private UnansweredCommit() {
	}

	/**
	 * What a commit is told to have failed with.
	 * @param failure what it has failed with
	 */
	static SQLException of(SQLException failure, Route route) {
		String state = failure.getSQLState();
		if (route.access() != Access.WRITE || state == null
				|| (!state.startsWith("08") && !SHUT_DOWN.contains(state))) {
			return failure;
		}
		return new SQLNonTransientConnectionException(
				"The connection to %s was lost during a commit, which may have taken place or not (SQLSTATE %s): %s"
					.formatted(route.node(), state, failure.getMessage()),
				TRANSACTION_RESOLUTION_UNKNOWN, failure);
	}

}
