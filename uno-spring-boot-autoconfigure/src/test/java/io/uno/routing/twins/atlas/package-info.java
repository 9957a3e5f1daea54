/**
 * What belongs to the database {@code atlas}, in tables whose names the other database
 * has as well.
 */
@NullUnmarked
package io.uno.routing.twins.atlas;

import org.jspecify.annotations.NullUnmarked;
