/**
 * What the examples keep in the database {@code journal}.
 */
@NullUnmarked
package io.uno.docs.journal;

import org.jspecify.annotations.NullUnmarked;
