/**
 * Reads the data files and loads them in bulk.
 */
@NullMarked
package io.uno.sample.load;

import org.jspecify.annotations.NullMarked;
