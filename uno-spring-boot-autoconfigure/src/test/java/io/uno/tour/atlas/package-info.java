/**
 * What the tour keeps in the database {@code atlas}.
 */
@NullUnmarked
package io.uno.tour.atlas;

import org.jspecify.annotations.NullUnmarked;
