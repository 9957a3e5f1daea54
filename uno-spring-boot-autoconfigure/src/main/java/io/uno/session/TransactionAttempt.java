package io.uno.session;

import java.sql.SQLException;

import io.uno.error.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * How far one attempt at a transaction has come, which decides what a failure means.
 * Confined to its thread.
 */
final class TransactionAttempt {

	private final String name;

	private boolean begun;

	private boolean committing;

	private boolean committed;

	private @Nullable Throwable failureOfWork;

	TransactionAttempt(String name) {
		this.name = name;
	}

	void begun() {
		this.begun = true;
	}

	boolean isBegun() {
		return this.begun;
	}

	/**
	 * To be called when everything has been sent but the commit.
	 */
	void committing() {
		this.committing = true;
	}

	/**
	 * To be called when the server has answered to a commit that is not the last one.
	 */
	void answered() {
		this.committing = false;
	}

	void committed() {
		this.committed = true;
	}

	void workFailed(Throwable failure) {
		this.failureOfWork = failure;
	}

	/**
	 * What a failure is told as: what the work has thrown if it was that, also when
	 * rolling back failed too.
	 */
	RuntimeException failed(RuntimeException failure) {
		Throwable work = this.failureOfWork;
		if (work == null || this.committing || this.committed) {
			return isCommitUnknown(failure)
					? new CommitOutcomeUnknownException(this.name, FailureKind.stateOf(failure), failure) : failure;
		}
		if (work != failure) {
			CheckedFailure.unwrap(work).addSuppressed(failure);
		}
		if (work instanceof Error error) {
			throw error;
		}
		return (RuntimeException) work;
	}

	private boolean isCommitUnknown(RuntimeException failure) {
		if (this.committed || failure instanceof CommitOutcomeUnknownException) {
			return false;
		}
		FailureKind kind = FailureKind.of(failure);
		return kind == FailureKind.COMMIT_UNKNOWN
				|| (this.committing && (kind == FailureKind.CONNECTION_LOST || isWithoutAnswer(failure)));
	}

	/**
	 * The pool closes a connection that was lost, which hides why where a rollback was
	 * tried after that.
	 */
	private static boolean isWithoutAnswer(Throwable failure) {
		boolean ofConnection = false;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException refusal) {
				if (refusal.getSQLState() != null) {
					return false;
				}
				ofConnection = true;
			}
		}
		return ofConnection;
	}

	/**
	 * What comes after the commit is no reason to do everything again.
	 */
	boolean mayBeRunAgain(Throwable failure, Retry retry) {
		return !this.committed && retry.covers(FailureKind.of(failure));
	}

}
