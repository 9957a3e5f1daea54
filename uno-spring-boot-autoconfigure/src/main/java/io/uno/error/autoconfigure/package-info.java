/**
 * Auto-configuration of the translation of drivers' exceptions.
 */
@NullMarked
package io.uno.error.autoconfigure;

import org.jspecify.annotations.NullMarked;
