/**
 * Tests of the base class of entities.
 */
@NullUnmarked
package io.uno.model;

import org.jspecify.annotations.NullUnmarked;
