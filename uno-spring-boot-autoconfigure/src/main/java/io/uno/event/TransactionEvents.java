package io.uno.event;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.Route;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * The events of one transaction. Confined to the transaction's thread.
 */
final class TransactionEvents implements TransactionSynchronization {

	private static final Log logger = LogFactory.getLog(TransactionEvents.class);

	private final ApplicationEventPublisher publisher;

	private final @Nullable DatabaseClaims claims;

	private final @Nullable String name;

	private final boolean readOnly;

	private @Nullable String database;

	private @Nullable Throwable failure;

	TransactionEvents(ApplicationEventPublisher publisher, @Nullable DatabaseClaims claims,
			TransactionExecution transaction) {
		this.publisher = publisher;
		this.claims = claims;
		String given = transaction.getTransactionName();
		this.name = given.isEmpty() ? null : given;
		this.readOnly = transaction.isReadOnly();
	}

	/**
	 * Publish the beginning. What a listener throws is kept for the commit: thrown here,
	 * it would leave Spring's transaction open.
	 */
	void began() {
		try {
			this.publisher.publishEvent(new TransactionBegan(this.name, this.readOnly));
		}
		catch (RuntimeException | Error ex) {
			this.failure = ex;
		}
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		Throwable thrown = this.failure;
		this.failure = null;
		if (thrown instanceof Error error) {
			throw error;
		}
		if (thrown instanceof RuntimeException exception) {
			throw exception;
		}
	}

	/**
	 * Ask for the route as long as it is known.
	 */
	@Override
	public void beforeCompletion() {
		if (this.claims != null) {
			this.database = this.claims.currentRoute().map(Route::database).orElse(null);
		}
	}

	@Override
	public void afterCompletion(int status) {
		if (this.failure != null) {
			logger.error("A listener failed when transaction '%s', now rolled back, began".formatted(this.name),
					this.failure);
		}
		if (status == STATUS_COMMITTED) {
			this.publisher.publishEvent(new TransactionCommitted(this.name, this.readOnly, this.database));
		}
		else if (status == STATUS_ROLLED_BACK) {
			this.publisher.publishEvent(new TransactionRolledBack(this.name, this.readOnly, this.database));
		}
	}

}
