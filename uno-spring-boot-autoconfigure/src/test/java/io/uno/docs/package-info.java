/**
 * The examples of the documentation, compiled and run.
 */
@NullUnmarked
package io.uno.docs;

import org.jspecify.annotations.NullUnmarked;
