/**
 * Auto-configuration of what uno adds to web applications.
 */
@NullMarked
package io.uno.web.autoconfigure;

import org.jspecify.annotations.NullMarked;
