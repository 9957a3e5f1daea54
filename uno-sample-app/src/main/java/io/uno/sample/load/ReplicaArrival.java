package io.uno.sample.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.uno.sample.atlas.AnsweringNode;
import io.uno.sample.atlas.AnsweringNodes;
import io.uno.session.SessionTemplate;

import org.springframework.stereotype.Component;

/**
 * Waits until reads see all that has been written.
 */
@Component
class ReplicaArrival {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(5);

	private final SessionTemplate sessions;

	private final AnsweringNodes nodes;

	ReplicaArrival(SessionTemplate sessions, AnsweringNodes nodes) {
		this.sessions = sessions;
		this.nodes = nodes;
	}

	/**
	 * Waits for the node that answers reads to reach the primary's present position.
	 * @return the node
	 * @throws IllegalStateException if it does not get there within 30 seconds
	 */
	AnsweringNode await() throws InterruptedException {
		String position = this.sessions.write(
				(session) -> session.createNativeQuery("select cast(pg_current_wal_flush_lsn() as text)", String.class)
					.getSingleResult());
		Instant deadline = Instant.now().plus(PATIENCE);
		Optional<AnsweringNode> node = nodeAt(position);
		while (node.isEmpty()) {
			if (Instant.now().isAfter(deadline)) {
				throw new IllegalStateException("No replica has reached %s within %d s; look at its log and at "
						+ "pg_stat_replication on the primary".formatted(position, PATIENCE.toSeconds()));
			}
			Thread.sleep(PAUSE.toMillis());
			node = nodeAt(position);
		}
		return node.get();
	}

	private Optional<AnsweringNode> nodeAt(String position) {
		return this.sessions.read((session) -> {
			boolean arrived = session
				.createNativeQuery(
						"select not pg_is_in_recovery() or pg_last_wal_replay_lsn() >= cast(:position as pg_lsn)",
						Boolean.class)
				.setParameter("position", position)
				.getSingleResult();
			return arrived ? Optional.of(this.nodes.current()) : Optional.empty();
		});
	}

}
