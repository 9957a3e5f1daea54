/**
 * The objects that entities need in their databases, rendered as SQL: tables and what
 * belongs to them by Hibernate's exporters, everything else from the annotations of
 * {@link io.uno.model}.
 */
@NullMarked
package io.uno.schema;

import org.jspecify.annotations.NullMarked;
