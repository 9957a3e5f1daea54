/**
 * What differs between database servers: the quoting of identifiers and the names of the
 * settings that carry a transaction's context.
 */
@NullMarked
package io.uno.dialect;

import org.jspecify.annotations.NullMarked;
