/**
 * Filters, sorting and windows over entities, and functions for their queries.
 */
@NullMarked
package io.uno.query;

import org.jspecify.annotations.NullMarked;
