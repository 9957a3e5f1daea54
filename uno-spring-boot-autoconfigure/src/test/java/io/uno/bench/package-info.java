/**
 * Benchmarks of whole operations. What {@code verify} runs too, in small, is a test; the
 * rest lies in {@code src/bench} and is compiled and run by the profile {@code bench}.
 */
@NullMarked
package io.uno.bench;

import org.jspecify.annotations.NullMarked;
