package io.uno.datasource;

import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.regex.Pattern;

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

	/**
	 * What of a JDBC URL is secret: user and password in front of the host, which no
	 * driver here reads but people write, and parameters that hold a password.
	 */
	private static final Pattern SECRETS = Pattern.compile("(?<=//)\\S*(?=@)|(?i)(?<=password=)[^&#;\\s]*");

	static NodeState unknown() {
		return new NodeState(true, Duty.UNKNOWN, Instant.now(), null);
	}

	static NodeState reachable(Duty duty) {
		return new NodeState(true, duty, Instant.now(), null);
	}

	NodeState unreachable(Throwable cause) {
		return new NodeState(false, Duty.UNKNOWN, Instant.now(), problem(cause));
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

	boolean differsFrom(NodeState other) {
		return this.reachable != other.reachable || this.duty != other.duty;
	}

}
