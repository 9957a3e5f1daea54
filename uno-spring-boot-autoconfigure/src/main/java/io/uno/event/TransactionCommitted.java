package io.uno.event;

import org.jspecify.annotations.Nullable;

/**
 * A transaction has committed. Published by its thread, to plain {@code @EventListener}
 * methods, while Spring still holds the connection: a listener that uses the database
 * needs a transaction of its own ({@code REQUIRES_NEW}). What a listener throws is logged
 * and changes nothing.
 *
 * <p>
 * When the commit itself fails and the database does not say that it rolled back, neither
 * this nor its counterpart is published, as nobody knows which of the two is true.
 *
 * @param name the name of the transaction, by default the method's with its class, or
 * {@code null}
 * @param readOnly whether it was marked as read-only
 * @param database the database that it used, or {@code null} if it used none or the
 * application has only Boot's own data source
 * @since 0.1.0
 */
public record TransactionCommitted(@Nullable String name, boolean readOnly, @Nullable String database) {

}
