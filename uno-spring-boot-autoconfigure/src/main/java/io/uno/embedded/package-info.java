/**
 * Real PostgreSQL servers from Maven artifacts, with streaming replicas and faults on
 * demand.
 */
@NullMarked
package io.uno.embedded;

import org.jspecify.annotations.NullMarked;
