/**
 * Templates that run work in a transaction: in a Hibernate session, at once or on another
 * thread, or on a plain connection.
 */
@NullMarked
package io.uno.session;

import org.jspecify.annotations.NullMarked;
