/**
 * Entities of two databases in tables of equal names.
 */
@NullUnmarked
package io.uno.routing.twins;

import org.jspecify.annotations.NullUnmarked;
