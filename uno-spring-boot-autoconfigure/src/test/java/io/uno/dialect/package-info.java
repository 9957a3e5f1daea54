@NullMarked
package io.uno.dialect;

import org.jspecify.annotations.NullMarked;
