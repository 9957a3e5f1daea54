/**
 * Wires the databases and replicas named in the application's properties.
 */
@NullMarked
package io.uno.datasource.autoconfigure;

import org.jspecify.annotations.NullMarked;
