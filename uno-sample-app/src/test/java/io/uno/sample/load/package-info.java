@NullMarked
package io.uno.sample.load;

import org.jspecify.annotations.NullMarked;
