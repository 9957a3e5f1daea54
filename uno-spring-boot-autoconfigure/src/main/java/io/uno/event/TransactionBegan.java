package io.uno.event;

import org.jspecify.annotations.Nullable;

/**
 * A transaction has begun. Published in it, by its thread; if a listener throws an
 * exception, the transaction is rolled back where it would commit, and its caller gets
 * the exception. Work that joins a transaction, and savepoints, publish nothing.
 *
 * @param name the name of the transaction, by default the method's with its class, or
 * {@code null}
 * @param readOnly whether it is marked as read-only
 * @since 0.1.0
 * @see TransactionCommitted
 * @see TransactionRolledBack
 */
public record TransactionBegan(@Nullable String name, boolean readOnly) {

}
