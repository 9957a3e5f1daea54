/**
 * Tests of routing.
 */
@NullUnmarked
package io.uno.routing.autoconfigure;

import org.jspecify.annotations.NullUnmarked;
