package io.uno.session;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/**
 * Runs a transaction again as {@link Retry} says. Immutable.
 *
 * @param retry when and how often
 * @param listener is told of it
 */
record TransactionRetry(Retry retry, RetryListener listener) {

	/**
	 * Run a transaction.
	 * @param <T> type of its result
	 * @param name name of the transaction
	 * @param transaction begins, works and commits
	 * @return the result of the attempt that succeeds
	 */
	<T extends @Nullable Object> T execute(String name, Function<TransactionAttempt, T> transaction) {
		return new Run<>(this, name, transaction).execute();
	}

	/**
	 * The attempts at one transaction. Confined to its thread.
	 *
	 * @param <T> type of its result
	 */
	private static final class Run<T extends @Nullable Object> implements Retryable<T> {

		private final TransactionRetry settings;

		private final String name;

		private final Function<TransactionAttempt, T> transaction;

		private TransactionAttempt attempt;

		Run(TransactionRetry settings, String name, Function<TransactionAttempt, T> transaction) {
			this.settings = settings;
			this.name = name;
			this.transaction = transaction;
			this.attempt = new TransactionAttempt(name);
		}

		@Override
		public String getName() {
			return this.name;
		}

		@Override
		public T execute() {
			RetryPolicy policy = this.settings.retry().policy().predicate(this::mayBeRunAgain).build();
			RetryTemplate attempts = new RetryTemplate(policy);
			attempts.setRetryListener(this.settings.listener());
			try {
				return attempts.execute(named(() -> connected(this::attempt)));
			}
			catch (RetryException ex) {
				throw lastFailure(ex);
			}
		}

		private boolean mayBeRunAgain(Throwable failure) {
			return this.attempt.mayBeRunAgain(failure, this.settings.retry());
		}

		private T attempt() {
			this.attempt = new TransactionAttempt(this.name);
			return this.transaction.apply(this.attempt);
		}

		/**
		 * Where the connection is fetched before the work, it is asked for again without
		 * it.
		 */
		private T connected(Supplier<T> call) {
			RetryPolicy connecting = this.settings.retry()
				.policy()
				.predicate((failure) -> !this.attempt.isBegun() && FailureKind.of(failure) == FailureKind.NO_CONNECTION)
				.build();
			try {
				return new RetryTemplate(connecting).execute(named(call));
			}
			catch (RetryException ex) {
				throw asIs(ex.getLastException());
			}
		}

		private Retryable<T> named(Supplier<T> call) {
			return new Retryable<>() {

				@Override
				public T execute() {
					return call.get();
				}

				@Override
				public String getName() {
					return Run.this.name;
				}

			};
		}

		/**
		 * The failure of the last attempt as it is, with what is known of all of them
		 * suppressed in it.
		 */
		private RuntimeException lastFailure(RetryException end) {
			List<Throwable> failures = Stream.concat(Stream.of(end.getSuppressed()), Stream.of(end.getLastException()))
				.map(CheckedFailure::unwrap)
				.collect(Collectors.toList());
			boolean again = mayBeRunAgain(end.getLastException());
			if (failures.size() > 1 || again) {
				Throwable reported = Objects.requireNonNull(failures.get(failures.size() - 1));
				reported.addSuppressed(TransactionAttempts.of(this.name, failures, reason(again, failures.size())));
			}
			return asIs(end.getLastException());
		}

		private String reason(boolean again, int attempts) {
			if (!again) {
				return "the last failure is none to try again after";
			}
			if (Thread.currentThread().isInterrupted()) {
				return "the thread was interrupted";
			}
			return (attempts < this.settings.retry().count()) ? "the time for all attempts is over"
					: "these are all that were allowed";
		}

		private static RuntimeException asIs(Throwable failure) {
			if (failure instanceof Error error) {
				throw error;
			}
			return (RuntimeException) failure;
		}

	}

}
