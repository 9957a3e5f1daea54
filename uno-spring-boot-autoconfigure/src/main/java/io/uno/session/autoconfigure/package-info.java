/**
 * Wires the session template.
 */
@NullMarked
package io.uno.session.autoconfigure;

import org.jspecify.annotations.NullMarked;
