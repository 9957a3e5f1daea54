/**
 * Tests of what uno adds to web applications.
 */
@NullUnmarked
package io.uno.web;

import org.jspecify.annotations.NullUnmarked;
