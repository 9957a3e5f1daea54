@NullMarked
package io.uno.crud.autoconfigure.atlas;

import org.jspecify.annotations.NullMarked;
