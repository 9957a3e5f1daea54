package io.uno.event;

import io.uno.routing.DatabaseClaims;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Publishes {@link TransactionBegan}, {@link TransactionCommitted} and
 * {@link TransactionRolledBack} for the transactions of each transaction manager to which
 * it is added. Boot adds beans of this kind to its transaction managers.
 *
 * <p>
 * Immutable, and safe for use by any number of threads.
 *
 * @since 0.1.0
 */
public final class TransactionEventPublisher implements TransactionExecutionListener {

	private final ApplicationEventPublisher publisher;

	private final @Nullable DatabaseClaims claims;

	/**
	 * Create a publisher.
	 * @param publisher where the events go
	 * @param claims where transactions are routed to, or {@code null} without routing
	 */
	public TransactionEventPublisher(ApplicationEventPublisher publisher, @Nullable DatabaseClaims claims) {
		this.publisher = publisher;
		this.claims = claims;
	}

	@Override
	public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
		// a savepoint is no new transaction, and neither a reactive one has
		// synchronizations here
		if (beginFailure == null && transaction.isNewTransaction()
				&& TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionEvents events = new TransactionEvents(this.publisher, this.claims, transaction);
			TransactionSynchronizationManager.registerSynchronization(events);
			events.began();
		}
	}

}
