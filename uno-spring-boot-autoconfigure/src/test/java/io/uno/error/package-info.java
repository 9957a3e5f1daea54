/**
 * Tests of what is known of failures.
 */
@NullUnmarked
package io.uno.error;

import org.jspecify.annotations.NullUnmarked;
