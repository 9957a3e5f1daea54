/**
 * Tests of what templates are made of.
 */
@NullUnmarked
package io.uno.session;

import org.jspecify.annotations.NullUnmarked;
