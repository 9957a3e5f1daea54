package io.uno.datasource;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a node since it was last asked. Immutable.
 *
 * @param status whether it can be used; a node not asked yet counts as up
 * @param duty what it does at present
 * @param since when its status or its duty became what it is
 * @param problem why it is not up, {@code null} while it is
 * @param lag how long ago a replica had everything that its primary had written,
 * {@link Duration#ZERO} if it has everything that is known to be written; {@code null} if
 * that is not known, or the node is no replica
 * @param lagBytes bytes of its primary's log that a replica has yet to replay,
 * {@code null} if that is not known or the node is no replica
 * @since 0.1.0
 */
public record NodeState(NodeStatus status, Duty duty, Instant since, @Nullable String problem, @Nullable Duration lag,
		@Nullable Long lagBytes) {

	/**
	 * What of a JDBC URL is secret: user and password in front of the host, which no
	 * driver here reads but people write, and parameters that hold a password.
	 */
	private static final Pattern SECRETS = Pattern.compile("(?<=//)\\S*(?=@)|(?i)(?<=password=)[^&#;\\s]*");

	static NodeState unknown() {
		return new NodeState(NodeStatus.UP, Duty.UNKNOWN, Instant.now(), null, null, null);
	}

	static NodeState unreachable(Throwable cause) {
		return new NodeState(NodeStatus.UNREACHABLE, Duty.UNKNOWN, Instant.now(), problem(cause), null, null);
	}

	static NodeState refused(Duty duty, String problem) {
		return new NodeState(NodeStatus.REFUSED, duty, Instant.now(), problem, null, null);
	}

	static NodeState up(Duty duty, @Nullable Duration lag, @Nullable Long lagBytes) {
		return new NodeState(NodeStatus.UP, duty, Instant.now(), null, lag, lagBytes);
	}

	static NodeState lagging(Duty duty, Duration lag, @Nullable Long lagBytes, Duration limit) {
		return new NodeState(NodeStatus.LAGGING, duty, Instant.now(),
				"is %d ms behind its primary, more than the %d ms allowed".formatted(lag.toMillis(), limit.toMillis()),
				lag, lagBytes);
	}

	/**
	 * The driver's own words where the pool only says that it waited in vain, without the
	 * secrets of a malformed URL that is quoted.
	 */
	private static String problem(Throwable failure) {
		Throwable cause = (failure instanceof SQLTransientConnectionException) ? failure.getCause() : null;
		String message = String.valueOf(((cause != null) ? cause : failure).getMessage());
		return SECRETS.matcher(message).replaceAll("<masked>");
	}

	/**
	 * This state, with the time of an earlier one that differs in nothing but figures.
	 */
	NodeState after(NodeState before) {
		return differsFrom(before) ? this
				: new NodeState(this.status, this.duty, before.since, this.problem, this.lag, this.lagBytes);
	}

	boolean differsFrom(NodeState other) {
		return this.status != other.status || this.duty != other.duty;
	}

	/**
	 * Whether reads may go to it, as far as it is a replica.
	 * @return whether it is up
	 */
	public boolean isUp() {
		return this.status == NodeStatus.UP;
	}

	/**
	 * Whether it answered when it was last asked, be it up or not.
	 * @return whether it can be reached; a node not asked yet counts as reachable
	 */
	public boolean reachable() {
		return this.status != NodeStatus.UNREACHABLE;
	}

}
