/**
 * Mapped superclasses for entities, and annotations that say which objects beside its
 * table an entity has in the database.
 */
@NullMarked
package io.uno.model;

import org.jspecify.annotations.NullMarked;
