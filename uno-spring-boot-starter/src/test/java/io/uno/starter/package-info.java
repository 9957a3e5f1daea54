/**
 * Tests of what the starter brings.
 */
@NullMarked
package io.uno.starter;

import org.jspecify.annotations.NullMarked;
