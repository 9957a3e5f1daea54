/**
 * The rules that the build holds the code to, and the tests that see each of them fail.
 */
@NullMarked
package io.uno.architecture;

import org.jspecify.annotations.NullMarked;
