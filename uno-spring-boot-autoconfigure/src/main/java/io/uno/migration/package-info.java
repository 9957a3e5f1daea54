/**
 * Migrations that are generated from entities and proven before they are written.
 */
@NullMarked
package io.uno.migration;

import org.jspecify.annotations.NullMarked;
