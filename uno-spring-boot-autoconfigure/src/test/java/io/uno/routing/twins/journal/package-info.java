/**
 * What belongs to the database {@code journal}, in tables whose names the other database
 * has as well.
 */
@NullUnmarked
package io.uno.routing.twins.journal;

import org.jspecify.annotations.NullUnmarked;
