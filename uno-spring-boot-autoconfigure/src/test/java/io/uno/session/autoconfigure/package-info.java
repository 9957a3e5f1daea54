/**
 * Tests of the session template and its wiring.
 */
@NullUnmarked
package io.uno.session.autoconfigure;

import org.jspecify.annotations.NullUnmarked;
