package io.uno.event;

import org.jspecify.annotations.Nullable;

/**
 * How the value of one attribute has changed.
 *
 * @param oldValue the value before, as it was when the session read or last wrote it
 * @param newValue the value now
 * @since 0.1.0
 * @see EntityUpdated#changes()
 */
public record AttributeChange(@Nullable Object oldValue, @Nullable Object newValue) {

}
