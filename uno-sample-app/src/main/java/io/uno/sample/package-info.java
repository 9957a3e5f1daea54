/**
 * World Atlas: every city of the world, loaded in bulk and read from a replica.
 */
@NullMarked
package io.uno.sample;

import org.jspecify.annotations.NullMarked;
