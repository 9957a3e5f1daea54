@NullMarked
package io.uno.crud.autoconfigure.journal;

import org.jspecify.annotations.NullMarked;
