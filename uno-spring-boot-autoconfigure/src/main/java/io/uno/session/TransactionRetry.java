package io.uno.session;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.Assert;

/**
 * Runs a transaction again that the server has undone because of others: one that can't
 * be serialized (SQLSTATE 40001) or was the victim of a deadlock (40P01). Nothing else is
 * tried twice. Immutable.
 */
final class TransactionRetry {

	private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

	private static final Duration FIRST_WAIT = Duration.ofMillis(20);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private final RetryTemplate template;

	/**
	 * Create a retry.
	 * @param attempts how often a transaction is run at most, the first time included
	 */
	TransactionRetry(int attempts) {
		Assert.isTrue(attempts >= 1, () -> "A transaction needs at least 1 attempt, not %d".formatted(attempts));
		this.template = new RetryTemplate(RetryPolicy.builder()
			.backOff(new FullJitterBackOff(FIRST_WAIT, LONGEST_WAIT, attempts - 1))
			.predicate(TransactionRetry::isConflict)
			.build());
	}

	/**
	 * Run a transaction.
	 * @param <T> type of its result
	 * @param transaction begins, works and commits
	 * @return the result of the attempt that succeeds
	 */
	<T extends @Nullable Object> T execute(Supplier<T> transaction) {
		try {
			return this.template.execute(transaction::get);
		}
		catch (RetryException ex) {
			throw lastFailure(ex);
		}
	}

	/**
	 * The failure of the last attempt as it is, with those of the earlier ones suppressed
	 * in it.
	 */
	private static RuntimeException lastFailure(RetryException attempts) {
		Throwable last = attempts.getLastException();
		Throwable reported = CheckedFailure.unwrap(last);
		Stream.of(attempts.getSuppressed())
			.map(CheckedFailure::unwrap)
			.filter((earlier) -> earlier != reported)
			.forEach(reported::addSuppressed);
		if (last instanceof Error error) {
			throw error;
		}
		return (RuntimeException) last;
	}

	static boolean isConflict(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException refusal && CONFLICTS.contains(refusal.getSQLState())) {
				return true;
			}
		}
		return false;
	}

}
