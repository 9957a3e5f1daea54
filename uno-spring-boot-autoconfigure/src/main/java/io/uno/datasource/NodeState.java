package io.uno.datasource;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a node since it was last asked. Immutable.
 *
 * @param reachable whether it answered; a node not asked yet counts as reachable
 * @param duty what it does at present
 * @param since when it became reachable or unreachable, or changed its duty
 * @param problem why it is not reachable, {@code null} while it is
 * @since 0.1.0
 */
public record NodeState(boolean reachable, Duty duty, Instant since, @Nullable String problem) {

	static NodeState unknown() {
		return new NodeState(true, Duty.UNKNOWN, Instant.now(), null);
	}

	static NodeState reachable(Duty duty) {
		return new NodeState(true, duty, Instant.now(), null);
	}

	NodeState unreachable(Throwable cause) {
		return new NodeState(false, Duty.UNKNOWN, Instant.now(), String.valueOf(cause.getMessage()));
	}

	boolean differsFrom(NodeState other) {
		return this.reachable != other.reachable || this.duty != other.duty;
	}

}
