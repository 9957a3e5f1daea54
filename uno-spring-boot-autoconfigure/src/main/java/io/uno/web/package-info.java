/**
 * What uno adds to web applications: the positions of callers, carried by a cookie.
 */
@NullMarked
package io.uno.web;

import org.jspecify.annotations.NullMarked;
