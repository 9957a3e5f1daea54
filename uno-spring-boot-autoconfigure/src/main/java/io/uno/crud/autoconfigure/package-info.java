/**
 * Auto-configuration of typed create, read, update and delete.
 */
@NullMarked
package io.uno.crud.autoconfigure;

import org.jspecify.annotations.NullMarked;
