package io.uno.session.autoconfigure;

import org.springframework.core.retry.RetryListener;

/**
 * Is told of transactions that are tried again, unlike other listeners that an
 * application may have for retries of its own.
 */
interface TransactionRetryListener extends RetryListener {

}
