/**
 * Processes applications ahead of time for tests.
 */
@NullUnmarked
package io.uno.aot;

import org.jspecify.annotations.NullUnmarked;
