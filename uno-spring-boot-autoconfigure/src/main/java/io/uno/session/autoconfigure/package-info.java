/**
 * Wires the templates for sessions and connections, and the threads of asynchronous ones.
 */
@NullMarked
package io.uno.session.autoconfigure;

import org.jspecify.annotations.NullMarked;
