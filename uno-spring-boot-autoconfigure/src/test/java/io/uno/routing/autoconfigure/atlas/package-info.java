/**
 * What belongs to the database {@code atlas}.
 */
@NullUnmarked
package io.uno.routing.autoconfigure.atlas;

import org.jspecify.annotations.NullUnmarked;
