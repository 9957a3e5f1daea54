/**
 * Templates that run work in a Hibernate session and a transaction.
 */
@NullMarked
package io.uno.session;

import org.jspecify.annotations.NullMarked;
