/**
 * Tests of failures in applications, each provoked on a server.
 */
@NullUnmarked
package io.uno.error.autoconfigure;

import org.jspecify.annotations.NullUnmarked;
