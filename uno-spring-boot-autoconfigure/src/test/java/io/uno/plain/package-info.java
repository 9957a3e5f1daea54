/**
 * A plain Boot application that knows nothing of uno, and tests that uno changes nothing
 * in it.
 */
@NullUnmarked
package io.uno.plain;

import org.jspecify.annotations.NullUnmarked;
