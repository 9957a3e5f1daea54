@NullMarked
package io.uno.schema.autoconfigure;

import org.jspecify.annotations.NullMarked;
