package io.uno.routing;

import java.util.LinkedHashMap;
import java.util.Map;

import io.uno.routing.DatabaseClaims.ClaimedCall;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Sessions of JPA that are held open beyond transactions, as web applications do for
 * their views. One of them would answer one tenant with the entities of another, so work
 * on another's behalf opens its own.
 */
final class OpenSessions {

	private static final boolean JPA_PRESENT = ClassUtils.isPresent("jakarta.persistence.EntityManagerFactory",
			OpenSessions.class.getClassLoader());

	private OpenSessions() {
	}

	/**
	 * Runs a call that finds none of them.
	 */
	static <T extends @Nullable Object, X extends Throwable> T withheld(ClaimedCall<T, X> call) throws X {
		Map<Object, Object> open = JPA_PRESENT ? Jpa.unbind() : Map.of();
		try {
			return call.run();
		}
		finally {
			open.forEach(TransactionSynchronizationManager::bindResource);
		}
	}

	/**
	 * Loaded only where JPA is there.
	 */
	private static final class Jpa {

		/**
		 * Those of a running transaction are that transaction's concern.
		 */
		static Map<Object, Object> unbind() {
			if (TransactionSynchronizationManager.isSynchronizationActive()) {
				return Map.of();
			}
			Map<Object, Object> open = new LinkedHashMap<>();
			TransactionSynchronizationManager.getResourceMap().forEach((key, session) -> {
				if (key instanceof jakarta.persistence.EntityManagerFactory) {
					open.put(key, session);
				}
			});
			open.keySet().forEach(TransactionSynchronizationManager::unbindResource);
			return open;
		}

	}

}
