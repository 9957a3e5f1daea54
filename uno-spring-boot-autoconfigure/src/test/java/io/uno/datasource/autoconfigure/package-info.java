/**
 * Tests of databases, nodes and pools.
 */
@NullUnmarked
package io.uno.datasource.autoconfigure;

import org.jspecify.annotations.NullUnmarked;
