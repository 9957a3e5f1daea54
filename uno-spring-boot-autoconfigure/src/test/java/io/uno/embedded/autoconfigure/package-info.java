@NullMarked
package io.uno.embedded.autoconfigure;

import org.jspecify.annotations.NullMarked;
