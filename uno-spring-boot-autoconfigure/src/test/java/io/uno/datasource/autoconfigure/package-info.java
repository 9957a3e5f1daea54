/**
 * Tests of wiring data sources.
 */
@NullUnmarked
package io.uno.datasource.autoconfigure;

import org.jspecify.annotations.NullUnmarked;
