/**
 * Value classes for PostgreSQL's own types, and how Hibernate, JDBC and COPY write them.
 */
@NullMarked
package io.uno.type;

import org.jspecify.annotations.NullMarked;
