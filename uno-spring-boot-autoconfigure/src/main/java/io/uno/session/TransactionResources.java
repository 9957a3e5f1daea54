package io.uno.session;

import jakarta.persistence.EntityManagerFactory;

import org.springframework.core.retry.RetryListener;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What templates work with. Immutable.
 *
 * @param entityManagerFactory Hibernate's session factory
 * @param transactionManager the transaction manager of that factory
 * @param executor runs asynchronous work
 * @param retries is told of transactions that are tried again
 */
record TransactionResources(EntityManagerFactory entityManagerFactory, PlatformTransactionManager transactionManager,
		SessionExecutor executor, RetryListener retries) {

}
