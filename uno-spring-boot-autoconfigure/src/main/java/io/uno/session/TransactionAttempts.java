package io.uno.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How often a transaction was tried before it failed, and with which SQLSTATEs. It is
 * {@linkplain Throwable#getSuppressed() suppressed} in the exception that the last
 * attempt failed with, and has those of the earlier ones suppressed itself. Found where
 * there was more than one attempt, or a reason to make one.
 *
 * <pre class="code">
 * catch (DataAccessException ex) {
 *     TransactionAttempts.of(ex).ifPresent((attempts) -&gt; log.warn("{}", attempts.getMessage()));
 *     throw ex;
 * }
 * </pre>
 *
 * @since 0.1.0
 * @see Retry
 */
public final class TransactionAttempts extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final String NO_STATE = "none";

	/** An array, as a list need not be serializable. */
	private final String[] sqlStates;

	private TransactionAttempts(String message, List<String> sqlStates) {
		super(message, null, true, false);
		this.sqlStates = sqlStates.toArray(String[]::new);
	}

	/**
	 * Describes the failures of attempts.
	 * @param transaction name of the transaction
	 * @param failures what they failed with, in their order
	 * @param end why there is no further one
	 */
	static TransactionAttempts of(String transaction, List<? extends Throwable> failures, String end) {
		List<String> states = failures.stream().map(TransactionAttempts::state).toList();
		TransactionAttempts attempts = new TransactionAttempts(
				"Transaction '%s' has failed in %d attempt%s with SQLSTATE %s; %s".formatted(transaction, states.size(),
						(states.size() > 1) ? "s" : "", String.join(", ", states), end),
				states);
		Throwable last = failures.get(failures.size() - 1);
		failures.stream().filter((earlier) -> earlier != last).forEach(attempts::addSuppressed);
		return attempts;
	}

	private static String state(Throwable failure) {
		@Nullable String state = FailureKind.stateOf(failure);
		return (state != null) ? state : NO_STATE;
	}

	/**
	 * Finds what an exception tells of attempts.
	 * @param failure what was thrown by a template, or by a method with
	 * {@link RetryTransaction}
	 * @return the attempts, empty if there was one only and no reason for another
	 */
	public static Optional<TransactionAttempts> of(Throwable failure) {
		return Stream.of(failure.getSuppressed())
			.filter(TransactionAttempts.class::isInstance)
			.map(TransactionAttempts.class::cast)
			.collect(Collectors.reducing((first, second) -> second));
	}

	/**
	 * Returns how often the transaction was tried.
	 * @return the number of attempts, the first one included
	 */
	public int getCount() {
		return this.sqlStates.length;
	}

	/**
	 * Returns what the server or the driver said to each attempt.
	 * @return an SQLSTATE for each, {@code none} where there was none
	 */
	public List<String> getSqlStates() {
		return List.of(this.sqlStates);
	}

}
