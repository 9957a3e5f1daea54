package io.uno.session;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import org.springframework.core.retry.RetryListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TransactionRetryTests {

	private int attempts;

	@Test
	void lastFailureTellsOfAllAttempts() {
		IllegalStateException first = failure("40001");
		IllegalStateException second = failure("40P01");
		IllegalStateException last = failure("40001");
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> run(Retry.attempts(3), failing(first, second, last)))
			.satisfies((ex) -> {
				assertThat(ex).isSameAs(last);
				TransactionAttempts told = TransactionAttempts.of(ex).orElseThrow();
				assertThat(told).hasMessage(
						"Transaction 'test' has failed in 3 attempts with SQLSTATE 40001, 40P01, 40001; these are all that were allowed");
				assertThat(told.getCount()).isEqualTo(3);
				assertThat(told.getSqlStates()).containsExactly("40001", "40P01", "40001");
				assertThat(told.getSuppressed()).containsExactly(first, second);
				assertThat(told.getStackTrace()).isEmpty();
			});
		assertThat(this.attempts).isEqualTo(3);
	}

	@Test
	void singleAttemptTellsOfItselfWhereAnotherOneCouldHaveHelped() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> run(Retry.attempts(1), failing(failure("40001"))))
			.satisfies((ex) -> assertThat(TransactionAttempts.of(ex))
				.hasValueSatisfying((told) -> assertThat(told).hasMessage(
						"Transaction 'test' has failed in 1 attempt with SQLSTATE 40001; these are all that were allowed")));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> run(Retry.attempts(3), failing(failure("23505"))))
			.satisfies((ex) -> assertThat(TransactionAttempts.of(ex)).isEmpty());
	}

	@Test
	void sameExceptionThrownTwiceIsNotSuppressedInItself() {
		IllegalStateException same = failure("40001");
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> run(Retry.attempts(2), failing(same, same)))
			.satisfies((ex) -> assertThat(TransactionAttempts.of(ex).orElseThrow().getSuppressed()).isEmpty());
	}

	@Test
	void checkedFailureTellsOfAllAttempts() {
		SQLException first = new SQLException("first", "40001");
		SQLException last = new SQLException("last", "40001");
		assertThatExceptionOfType(CheckedFailure.class)
			.isThrownBy(() -> run(Retry.attempts(2), failing(new CheckedFailure(first), new CheckedFailure(last))))
			.satisfies((ex) -> assertThat(ex.getChecked()).isSameAs(last));
		assertThat(TransactionAttempts.of(last).orElseThrow().getSuppressed()).containsExactly(first);
	}

	@Test
	void anythingElseEndsTheAttempts() {
		IllegalArgumentException other = new IllegalArgumentException("of the caller");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> run(Retry.attempts(5), failing(failure("40001"), other)))
			.satisfies((ex) -> assertThat(TransactionAttempts.of(ex).orElseThrow()).hasMessage(
					"Transaction 'test' has failed in 2 attempts with SQLSTATE 40001, none; the last failure is none to try again after"));
		assertThat(this.attempts).isEqualTo(2);
	}

	@Test
	void errorIsThrownAsItIsEvenIfAConflictHasCausedIt() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run(Retry.attempts(2), () -> {
			this.attempts++;
			throw new AssertionError("of the caller", new SQLException("conflict", "40001"));
		})).withMessage("of the caller"); // T25
		assertThat(this.attempts).isOne();
	}

	@Test
	void interruptedWaitEndsTheAttempts() {
		IllegalStateException conflict = failure("40001");
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> run(Retry.attempts(9), failing(conflict)))
				.isSameAs(conflict)
				.satisfies((ex) -> assertThat(TransactionAttempts.of(ex).orElseThrow())
					.hasMessageEndingWith("; the thread was interrupted"));
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(this.attempts).isOne();
	}

	@Test
	void noAttemptBeginsAfterTheDeadline() {
		Retry retry = Retry.attempts(1000)
			.waiting(Duration.ofMillis(20), Duration.ofMillis(20))
			.within(Duration.ofMillis(100));
		long began = System.nanoTime();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> run(retry, () -> {
			this.attempts++;
			throw failure("40001");
		}))
			.satisfies((ex) -> assertThat(TransactionAttempts.of(ex).orElseThrow())
				.hasMessageEndingWith("; the time for all attempts is over"));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
		assertThat(this.attempts).isBetween(2, 999);
	}

	@Test
	void connectionThatCannotBeHadIsAskedForAgainAndCountedByItself() {
		RuntimeException exhausted = new IllegalStateException(
				new SQLTransientConnectionException("Connection is not available"));
		String result = run(Retry.attempts(2), new Supplier<>() {

			private final Deque<RuntimeException> failures = new ArrayDeque<>(
					List.of(exhausted, failure("40001"), exhausted));

			@Override
			public String get() {
				TransactionRetryTests.this.attempts++;
				if (!this.failures.isEmpty()) {
					throw this.failures.removeFirst();
				}
				return "done";
			}

		});
		assertThat(result).isEqualTo("done");
		assertThat(this.attempts).isEqualTo(4);
	}

	@Test
	void connectionThatCanNeverBeHadEndsTheAttempts() {
		RuntimeException exhausted = new IllegalStateException(
				new SQLTransientConnectionException("Connection is not available"));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> run(Retry.attempts(3), () -> {
			this.attempts++;
			throw exhausted;
		})).isSameAs(exhausted);
		assertThat(this.attempts).isEqualTo(3);
	}

	@Test
	void retrySaysWhatIsWrongWithIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> Retry.attempts(0))
			.withMessage("A transaction needs at least 1 attempt, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> Retry.attempts(2).within(Duration.ZERO))
			.withMessage("Attempts need at least 1 ms for all of them, not PT0S");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Retry.attempts(2).waiting(Duration.ofMillis(20), Duration.ofMillis(10)))
			.withMessage(
					"The first wait is at most PT0.02S and further ones at most PT0.01S; the first must not be negative, nor the longer of them");
	}

	@Test
	void retryDescribesItself() {
		assertThat(Retry.attempts(3)).hasToString("3 attempts");
		assertThat(Retry.attempts(3).within(Duration.ofSeconds(2)).onLockTimeout().idempotent())
			.hasToString("3 attempts within PT2S, on lock timeouts too, idempotent");
	}

	private static String run(Retry retry, Supplier<String> transaction) {
		return new TransactionRetry(retry, new RetryListener() {
		}).execute("test", (attempt) -> transaction.get());
	}

	private Supplier<String> failing(RuntimeException... failures) {
		Deque<RuntimeException> left = new ArrayDeque<>(Arrays.asList(failures));
		return () -> {
			this.attempts++;
			throw left.removeFirst();
		};
	}

	private static IllegalStateException failure(String state) {
		return new IllegalStateException(new SQLException("failure", state));
	}

}
