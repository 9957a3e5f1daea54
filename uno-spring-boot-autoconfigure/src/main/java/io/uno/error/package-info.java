/**
 * What uno throws at run time, under Spring's {@code DataAccessException}, and the codes
 * of reasons.
 */
@NullMarked
package io.uno.error;

import org.jspecify.annotations.NullMarked;
