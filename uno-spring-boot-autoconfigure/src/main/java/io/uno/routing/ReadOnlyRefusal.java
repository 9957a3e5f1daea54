package io.uno.routing;

import java.sql.SQLException;

import io.uno.error.DatabaseError.Kind;
import io.uno.error.DatabaseErrors;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What comes of a write that only the server has noticed, such as one in SQL, in a
 * transaction that only reads.
 */
final class ReadOnlyRefusal {

	private ReadOnlyRefusal() {
	}

	/**
	 * Whether a server has refused a write in the running read-only transaction.
	 */
	static boolean isOf(SQLException failure) {
		return TransactionSynchronizationManager.isCurrentTransactionReadOnly()
				&& DatabaseErrors.is(failure, Kind.READ_ONLY);
	}

	static ReadOnlyRouteException exception(DatabaseClaims claims, Throwable cause) {
		ReadOnlyRouteException refusal = new ReadOnlyRouteException("write", null, claims.current().name(),
				claims.currentRoute().map((route) -> route.node().id()).orElse(null));
		refusal.initCause(cause);
		return refusal;
	}

}
