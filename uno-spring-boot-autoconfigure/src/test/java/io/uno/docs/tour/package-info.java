/**
 * The tour's application.
 */
@NullUnmarked
package io.uno.docs.tour;

import org.jspecify.annotations.NullUnmarked;
