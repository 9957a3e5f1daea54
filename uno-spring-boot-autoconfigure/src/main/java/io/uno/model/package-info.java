/**
 * What entities are made of: a base class, and annotations for what the database does
 * with them.
 */
@NullMarked
package io.uno.model;

import org.jspecify.annotations.NullMarked;
