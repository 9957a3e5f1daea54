/**
 * Auto-configuration of events.
 */
@NullMarked
package io.uno.event.autoconfigure;

import org.jspecify.annotations.NullMarked;
