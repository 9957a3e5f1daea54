/**
 * Tests of the wiring of web applications.
 */
@NullUnmarked
package io.uno.web.autoconfigure;

import org.jspecify.annotations.NullUnmarked;
