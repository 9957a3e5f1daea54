package io.uno.session;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.uno.error.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionSystemException;

/**
 * Why a transaction has failed, as far as it matters to whether it is run again. Told
 * from SQLSTATEs, whatever is wrapped around them.
 */
enum FailureKind {

	/**
	 * The server has undone it because of others.
	 */
	CONFLICT,

	/**
	 * It could not have a lock in time.
	 */
	LOCK_TIMEOUT,

	/**
	 * Its connection was lost while it was running.
	 */
	CONNECTION_LOST,

	/**
	 * There was no connection to be had, which may be otherwise later.
	 */
	NO_CONNECTION,

	/**
	 * Its connection was lost during the commit.
	 */
	COMMIT_UNKNOWN,

	/**
	 * Anything else, which would happen again.
	 */
	OTHER;

	/**
	 * Told by a connection of uno's whose commit got no answer.
	 */
	private static final String RESOLUTION_UNKNOWN = "08007";

	private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

	private static final Set<String> NOT_CONNECTED = Set.of("08001", "08004", "53300");

	private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03");

	static FailureKind of(Throwable failure) {
		if (failure instanceof Error) {
			return OTHER;
		}
		if (failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
			// which was thrown by the work, whereupon the rollback failed too
			return of(rollback.getApplicationException());
		}
		List<SQLException> refusals = new ArrayList<>(2);
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CommitOutcomeUnknownException) {
				return COMMIT_UNKNOWN;
			}
			if (cause instanceof SQLException refusal) {
				refusals.add(refusal);
			}
		}
		return of(refusals);
	}

	private static FailureKind of(List<SQLException> refusals) {
		if (refusals.stream().anyMatch((refusal) -> RESOLUTION_UNKNOWN.equals(refusal.getSQLState()))) {
			return COMMIT_UNKNOWN;
		}
		if (refusals.stream().anyMatch(FailureKind::isOfAcquisition)) {
			return refusals.stream().allMatch(FailureKind::mayPass) ? NO_CONNECTION : OTHER;
		}
		return refusals.stream()
			.map((refusal) -> of(refusal.getSQLState()))
			.filter((kind) -> kind != OTHER)
			.findFirst()
			.orElse(OTHER);
	}

	private static boolean isOfAcquisition(SQLException refusal) {
		return refusal instanceof SQLTransientConnectionException
				|| (refusal.getSQLState() != null && NOT_CONNECTED.contains(refusal.getSQLState()));
	}

	/**
	 * A wrong password stays wrong.
	 */
	private static boolean mayPass(SQLException refusal) {
		String state = refusal.getSQLState();
		return state == null || state.startsWith("08") || NOT_CONNECTED.contains(state) || SHUT_DOWN.contains(state);
	}

	private static FailureKind of(@Nullable String state) {
		if (state == null) {
			return OTHER;
		}
		if (CONFLICTS.contains(state)) {
			return CONFLICT;
		}
		if (state.equals("55P03")) {
			return LOCK_TIMEOUT;
		}
		return (state.startsWith("08") || SHUT_DOWN.contains(state)) ? CONNECTION_LOST : OTHER;
	}

	/**
	 * The SQLSTATE that a failure has, or the first of its causes.
	 */
	static @Nullable String stateOf(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException refusal && refusal.getSQLState() != null) {
				return refusal.getSQLState();
			}
		}
		return null;
	}

}
