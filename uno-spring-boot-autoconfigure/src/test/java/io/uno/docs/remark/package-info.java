/**
 * What the examples keep in the database {@code journal}.
 */
@NullUnmarked
package io.uno.docs.remark;

import org.jspecify.annotations.NullUnmarked;
