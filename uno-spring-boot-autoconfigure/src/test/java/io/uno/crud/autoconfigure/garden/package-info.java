@NullMarked
package io.uno.crud.autoconfigure.garden;

import org.jspecify.annotations.NullMarked;
