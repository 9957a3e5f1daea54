/**
 * Tests of events and their wiring.
 */
@NullUnmarked
package io.uno.event.autoconfigure;

import org.jspecify.annotations.NullUnmarked;
