/**
 * Create, read, update and delete, typed by the entity.
 */
@NullMarked
package io.uno.crud;

import org.jspecify.annotations.NullMarked;
