package io.uno.session;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TransactionRetryTests {

	private int attempts;

	@ParameterizedTest
	@ValueSource(strings = { "40001", "40P01" })
	void conflictIsFoundAmongTheCauses(String state) {
		SQLException conflict = new SQLException("conflict", state);
		assertThat(TransactionRetry.isConflict(conflict)).isTrue();
		assertThat(TransactionRetry.isConflict(new IllegalStateException(new IOException(conflict)))).isTrue();
		assertThat(TransactionRetry.isConflict(batchOf(conflict))).isTrue();
	}

	private static BatchUpdateException batchOf(SQLException failure) {
		BatchUpdateException batch = new BatchUpdateException("batch", failure.getSQLState(), new int[0]);
		batch.setNextException(failure);
		return batch;
	}

	@ParameterizedTest
	@ValueSource(strings = { "23505", "40002", "55P03", "57014", "08006" })
	void nothingElseIsAConflict(String state) {
		assertThat(TransactionRetry.isConflict(new IllegalStateException(new SQLException("other", state)))).isFalse();
		assertThat(TransactionRetry.isConflict(new IllegalStateException("40001"))).isFalse();
	}

	@Test
	void lastFailureHasTheEarlierOnesSuppressed() {
		IllegalStateException first = conflict();
		IllegalStateException second = conflict();
		IllegalStateException last = conflict();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> new TransactionRetry(3).execute(failing(first, second, last)))
			.satisfies((ex) -> {
				assertThat(ex).isSameAs(last);
				assertThat(ex.getSuppressed()).containsExactly(first, second);
			});
		assertThat(this.attempts).isEqualTo(3);
	}

	@Test
	void sameExceptionThrownTwiceIsNotSuppressedInItself() {
		IllegalStateException same = conflict();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> new TransactionRetry(2).execute(failing(same, same)))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty());
	}

	@Test
	void checkedFailureHasTheEarlierOnesSuppressed() {
		SQLException first = new SQLException("first", "40001");
		SQLException last = new SQLException("last", "40001");
		assertThatExceptionOfType(CheckedFailure.class)
			.isThrownBy(
					() -> new TransactionRetry(2).execute(failing(new CheckedFailure(first), new CheckedFailure(last))))
			.satisfies((ex) -> assertThat(ex.getChecked()).isSameAs(last));
		assertThat(last.getSuppressed()).containsExactly(first);
	}

	@Test
	void anythingElseEndsTheAttempts() {
		IllegalArgumentException other = new IllegalArgumentException("of the caller");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> new TransactionRetry(5).execute(failing(conflict(), other)))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1));
		assertThat(this.attempts).isEqualTo(2);
	}

	@Test
	void errorIsThrownAsItIs() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> new TransactionRetry(2).execute(() -> {
			throw new AssertionError("of the caller");
		})).withMessage("of the caller");
	}

	@Test
	void interruptedWaitEndsTheAttempts() {
		IllegalStateException conflict = conflict();
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> new TransactionRetry(9).execute(failing(conflict)))
				.isSameAs(conflict);
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(this.attempts).isOne();
	}

	@Test
	void oneAttemptIsTheLeast() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TransactionRetry(0))
			.withMessage("A transaction needs at least 1 attempt, not 0");
	}

	private Supplier<String> failing(RuntimeException... failures) {
		Deque<RuntimeException> left = new ArrayDeque<>(Arrays.asList(failures));
		return () -> {
			this.attempts++;
			throw left.removeFirst();
		};
	}

	private static IllegalStateException conflict() {
		return new IllegalStateException(new SQLException("conflict", "40001"));
	}

}
