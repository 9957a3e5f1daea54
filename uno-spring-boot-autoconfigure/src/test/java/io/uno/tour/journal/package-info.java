/**
 * What the tour keeps in the database {@code journal}.
 */
@NullUnmarked
package io.uno.tour.journal;

import org.jspecify.annotations.NullUnmarked;
