/**
 * Wires the routing data source, as the application's data source or around Boot's.
 */
@NullMarked
package io.uno.routing.autoconfigure;

import org.jspecify.annotations.NullMarked;
