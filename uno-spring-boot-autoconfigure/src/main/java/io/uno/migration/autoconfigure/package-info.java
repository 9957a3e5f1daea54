/**
 * Gives each database that is named under {@code uno.databases} a Flyway of its own.
 */
@NullMarked
package io.uno.migration.autoconfigure;

import org.jspecify.annotations.NullMarked;
