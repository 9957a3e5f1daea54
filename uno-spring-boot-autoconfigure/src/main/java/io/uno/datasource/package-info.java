/**
 * Databases, their nodes, and what is known of each node.
 */
@NullMarked
package io.uno.datasource;

import org.jspecify.annotations.NullMarked;
