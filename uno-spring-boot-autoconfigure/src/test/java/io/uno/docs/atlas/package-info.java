/**
 * What the examples keep in the database {@code atlas}.
 */
@NullUnmarked
package io.uno.docs.atlas;

import org.jspecify.annotations.NullUnmarked;
