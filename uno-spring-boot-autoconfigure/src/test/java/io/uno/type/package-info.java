@NullMarked
package io.uno.type;

import org.jspecify.annotations.NullMarked;
