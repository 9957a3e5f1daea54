package io.uno.session;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Sessions that are open beyond transactions, as those of web requests may be.
 */
final class OpenSessions {

	private static final boolean JPA_PRESENT = ClassUtils.isPresent("org.springframework.orm.jpa.EntityManagerHolder",
			OpenSessions.class.getClassLoader());

	private OpenSessions() {
	}

	/**
	 * Runs a call that has none of them, so that each transaction opens its own.
	 */
	static <T extends @Nullable Object> T without(Callable<T> call) throws Exception {
		Map<Object, Object> open = JPA_PRESENT ? find() : Map.of();
		open.keySet().forEach(TransactionSynchronizationManager::unbindResource);
		try {
			return call.call();
		}
		finally {
			open.forEach(TransactionSynchronizationManager::bindResource);
		}
	}

	private static Map<Object, Object> find() {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			return Map.of();
		}
		Map<Object, Object> open = new HashMap<>(2);
		TransactionSynchronizationManager.getResourceMap().forEach((key, resource) -> {
			if (resource instanceof EntityManagerHolder) {
				open.put(key, resource);
			}
		});
		return open;
	}

}
