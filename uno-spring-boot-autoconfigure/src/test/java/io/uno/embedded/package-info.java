@NullMarked
package io.uno.embedded;

import org.jspecify.annotations.NullMarked;
