/**
 * Countries, regions and cities: all that belongs to the database {@code atlas}.
 */
@NullMarked
package io.uno.sample.atlas;

import org.jspecify.annotations.NullMarked;
