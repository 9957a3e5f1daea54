/**
 * Starts PostgreSQL servers for the databases of an application or of a test.
 */
@NullMarked
package io.uno.embedded.autoconfigure;

import org.jspecify.annotations.NullMarked;
