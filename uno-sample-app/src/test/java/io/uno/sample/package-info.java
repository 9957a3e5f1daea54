@NullMarked
package io.uno.sample;

import org.jspecify.annotations.NullMarked;
