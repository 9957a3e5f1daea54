/**
 * What happens to entities and transactions, as events for Spring's listeners.
 */
@NullMarked
package io.uno.event;

import org.jspecify.annotations.NullMarked;
