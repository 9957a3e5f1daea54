/**
 * The choice of a node for every transaction, and the connection that carries it out.
 */
@NullMarked
package io.uno.routing;

import org.jspecify.annotations.NullMarked;
