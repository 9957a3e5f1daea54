package io.uno.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.Assert;

/**
 * When and how often a transaction is tried again that could not end for a reason that is
 * not the caller's: one that can't be serialized (SQLSTATE 40001), was the victim of a
 * deadlock (40P01), or lost its connection before the commit (class 08, 57P01, 57P02 and
 * 57P03). Before each further attempt it waits for a random time between nothing and a
 * limit that doubles each time, so that transactions in conflict don't meet again.
 * <p>
 * A connection that can't be had, as the pool is exhausted or the server refuses it, is
 * asked for again by the same rule and counted by itself; the work is not run again for
 * that.
 *
 * <pre class="code">
 * Retry.attempts(5).within(Duration.ofSeconds(10)).onLockTimeout()
 * </pre>
 *
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Retry {

	private static final Duration FIRST_WAIT = Duration.ofMillis(20);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private final int attempts;

	private final Duration firstWait;

	private final Duration longestWait;

	private final @Nullable Duration deadline;

	private final boolean lockTimeout;

	private final boolean idempotent;

	private Retry(int attempts, Duration firstWait, Duration longestWait, @Nullable Duration deadline,
			boolean lockTimeout, boolean idempotent) {
		this.attempts = attempts;
		this.firstWait = firstWait;
		this.longestWait = longestWait;
		this.deadline = deadline;
		this.lockTimeout = lockTimeout;
		this.idempotent = idempotent;
	}

	/**
	 * Returns a retry that waits at most 20 ms before the second attempt and never more
	 * than 1 s.
	 * @param attempts how often a transaction is run at most, the first time included
	 * @return the retry
	 * @throws IllegalArgumentException if {@code attempts} is less than 1
	 */
	public static Retry attempts(int attempts) {
		Assert.isTrue(attempts >= 1, () -> "A transaction needs at least 1 attempt, not %d".formatted(attempts));
		return new Retry(attempts, FIRST_WAIT, LONGEST_WAIT, null, false, false);
	}

	/**
	 * Returns a retry with other waits.
	 * @param first limit of the wait before the second attempt, in milliseconds
	 * @param longest limit that the doubling ends at
	 * @return a copy of this retry
	 * @throws IllegalArgumentException if {@code first} is negative, or longer than
	 * {@code longest}
	 */
	public Retry waiting(Duration first, Duration longest) {
		Assert.isTrue(!first.isNegative() && first.compareTo(longest) <= 0,
				() -> "The first wait is at most %s and further ones at most %s; the first must not be negative, nor the longer of them"
					.formatted(first, longest));
		return new Retry(this.attempts, first, longest, this.deadline, this.lockTimeout, this.idempotent);
	}

	/**
	 * Returns a retry that begins no further attempt when some time is over, that of the
	 * first attempt and all waits included. An attempt that has begun is not cut short.
	 * @param deadline the time
	 * @return a copy of this retry
	 * @throws IllegalArgumentException if it is less than a millisecond
	 */
	public Retry within(Duration deadline) {
		Assert.isTrue(deadline.toMillis() >= 1,
				() -> "Attempts need at least 1 ms for all of them, not %s".formatted(deadline));
		return new Retry(this.attempts, this.firstWait, this.longestWait, deadline, this.lockTimeout, this.idempotent);
	}

	/**
	 * Returns a retry that also tries again when a lock could not be had in time, or at
	 * once (SQLSTATE 55P03).
	 * @return a copy of this retry
	 */
	public Retry onLockTimeout() {
		return new Retry(this.attempts, this.firstWait, this.longestWait, this.deadline, true, this.idempotent);
	}

	/**
	 * Returns a retry for work that may be done twice: it also tries again when the
	 * connection was lost during the commit, and nobody knows whether that has happened.
	 * @return a copy of this retry
	 * @see io.uno.error.CommitOutcomeUnknownException
	 */
	public Retry idempotent() {
		return new Retry(this.attempts, this.firstWait, this.longestWait, this.deadline, this.lockTimeout, true);
	}

	/**
	 * Whether a transaction that failed so may be run again.
	 */
	boolean covers(FailureKind kind) {
		return switch (kind) {
			case CONFLICT, CONNECTION_LOST -> true;
			case LOCK_TIMEOUT -> this.lockTimeout;
			case COMMIT_UNKNOWN -> this.idempotent;
			case NO_CONNECTION, OTHER -> false;
		};
	}

	RetryPolicy.Builder policy() {
		RetryPolicy.Builder policy = RetryPolicy.builder()
			.backOff(new FullJitterBackOff(this.firstWait, this.longestWait, this.attempts - 1));
		return (this.deadline != null) ? policy.timeout(this.deadline) : policy;
	}

	int count() {
		return this.attempts;
	}

	/**
	 * How a connection is asked for again.
	 */
	RetryPolicy connecting() {
		return policy().predicate((failure) -> FailureKind.of(failure) == FailureKind.NO_CONNECTION).build();
	}

	@Override
	public String toString() {
		return "%d attempts%s%s%s".formatted(this.attempts, (this.deadline != null) ? " within " + this.deadline : "",
				this.lockTimeout ? ", on lock timeouts too" : "", this.idempotent ? ", idempotent" : "");
	}

}
