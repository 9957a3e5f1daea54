package io.uno.session;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import io.uno.error.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class FailureKindTests {

	@ParameterizedTest
	@CsvSource({ "40001, CONFLICT", "40P01, CONFLICT", "55P03, LOCK_TIMEOUT", "08006, CONNECTION_LOST",
			"08003, CONNECTION_LOST", "57P01, CONNECTION_LOST", "57P02, CONNECTION_LOST", "57P03, CONNECTION_LOST",
			"08007, COMMIT_UNKNOWN", "08001, NO_CONNECTION", "08004, NO_CONNECTION", "53300, NO_CONNECTION",
			"23505, OTHER", "40002, OTHER", "57014, OTHER", "25006, OTHER", "42501, OTHER" })
	void sqlStateTellsTheKindHoweverItIsWrapped(String state, FailureKind kind) {
		SQLException failure = new SQLException("failure", state);
		assertThat(FailureKind.of(failure)).isEqualTo(kind);
		assertThat(FailureKind.of(new IllegalStateException(new IOException(failure)))).isEqualTo(kind);
		assertThat(FailureKind.of(new CheckedFailure(batchOf(failure)))).isEqualTo(kind);
	}

	private static BatchUpdateException batchOf(SQLException failure) {
		BatchUpdateException batch = new BatchUpdateException("batch", failure.getSQLState(), new int[0]);
		batch.setNextException(failure);
		return batch;
	}

	@Test
	void whatHasNoSqlStateIsTheCallers() {
		assertThat(FailureKind.of(new IllegalStateException("40001"))).isEqualTo(FailureKind.OTHER);
		assertThat(FailureKind.of(new SQLException("no state"))).isEqualTo(FailureKind.OTHER);
		assertThat(FailureKind.of(new AssertionError(new SQLException("conflict", "40001"))))
			.isEqualTo(FailureKind.OTHER);
	}

	@Test
	void poolWithoutAConnectionIsNoConnectionUnlessThatStaysSo() {
		assertThat(FailureKind.of(timeout(null))).isEqualTo(FailureKind.NO_CONNECTION);
		assertThat(FailureKind.of(timeout("08001"))).isEqualTo(FailureKind.NO_CONNECTION);
		assertThat(FailureKind.of(timeout("57P03"))).isEqualTo(FailureKind.NO_CONNECTION);
		assertThat(FailureKind.of(timeout("28P01"))).as("wrong password").isEqualTo(FailureKind.OTHER);
		assertThat(FailureKind.of(timeout("3D000"))).as("no such database").isEqualTo(FailureKind.OTHER);
	}

	private static SQLException timeout(@Nullable String state) {
		Throwable cause = (state != null) ? new SQLException("refused", state) : null;
		return new SQLTransientConnectionException("Connection is not available", state, cause);
	}

	@Test
	void unknownOutcomeOfAnInnerCommitIsOne() {
		assertThat(FailureKind.of(new IllegalStateException(
				new CommitOutcomeUnknownException("inner", "08006", new SQLException("lost", "08006")))))
			.isEqualTo(FailureKind.COMMIT_UNKNOWN);
	}

	@Test
	void workCountsAndNotTheRollbackThatFailedAfterIt() {
		TransactionSystemException rollback = new TransactionSystemException("Could not roll back",
				new SQLException("lost", "08006"));
		assertThat(FailureKind.of(rollback)).isEqualTo(FailureKind.CONNECTION_LOST);
		rollback.initApplicationException(new IllegalArgumentException("of the caller"));
		assertThat(FailureKind.of(rollback)).isEqualTo(FailureKind.OTHER);
	}

}
