@NullMarked
package io.uno.schema;

import org.jspecify.annotations.NullMarked;
