/**
 * Rows by the million, straight from entities, at the speed of COPY.
 */
@NullMarked
package io.uno.bulk;

import org.jspecify.annotations.NullMarked;
