/**
 * The tour's application.
 */
@NullUnmarked
package io.uno.tour;

import org.jspecify.annotations.NullUnmarked;
