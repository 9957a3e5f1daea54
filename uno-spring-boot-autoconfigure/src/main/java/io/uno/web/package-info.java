/**
 * What uno adds to web applications: the positions of callers, carried by a cookie, and
 * problem details for failures of the database.
 */
@NullMarked
package io.uno.web;

import org.jspecify.annotations.NullMarked;
