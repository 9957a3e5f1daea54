package io.uno.embedded;

import java.time.Duration;

/**
 * A streaming replica of a {@link PostgresCluster}.
 *
 * @since 0.1.0
 */
public final class PostgresReplica extends PostgresNode {

	PostgresReplica(String name, PostgresCluster cluster, PostgresServers servers, PostgresServer server) {
		super(name, cluster, servers, server);
	}

	/**
	 * Let the replica fall behind: it still receives what the primary writes, and shows
	 * none of it.
	 */
	public void pauseReplay() {
		server().superuser().execute("SELECT pg_wal_replay_pause()");
		servers().awaitReplayPaused(server());
	}

	/**
	 * Undo {@link #pauseReplay()}.
	 */
	public void resumeReplay() {
		server().superuser().execute("SELECT pg_wal_replay_resume()");
	}

	/**
	 * Wait until this replica shows everything that its primary has written up to this
	 * call, at most 30 seconds.
	 * @throws EmbeddedPostgresException when it does not
	 */
	public void awaitReplay() {
		awaitReplay(PostgresServers.REPLAY_TIMEOUT);
	}

	/**
	 * Wait until this replica shows everything that its primary has written up to this
	 * call.
	 * @param timeout how long to wait
	 * @throws EmbeddedPostgresException when the time is over
	 */
	public void awaitReplay(Duration timeout) {
		servers().awaitReplay(server(), timeout);
	}

	/**
	 * Make this replica a primary. The old primary is left as it is, and so are the other
	 * replicas, which still follow it. {@link PostgresCluster#heal()} makes the node a
	 * replica of the old primary again, and drops what was written to it meanwhile.
	 */
	public void promote() {
		servers().promote(server());
	}

}
