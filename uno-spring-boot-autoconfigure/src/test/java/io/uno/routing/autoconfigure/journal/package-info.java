/**
 * What belongs to the database {@code journal}.
 */
@NullUnmarked
package io.uno.routing.autoconfigure.journal;

import org.jspecify.annotations.NullUnmarked;
