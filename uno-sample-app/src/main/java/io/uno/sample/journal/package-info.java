/**
 * The record of imports: all that belongs to the database {@code journal}.
 */
@NullMarked
package io.uno.sample.journal;

import org.jspecify.annotations.NullMarked;
