@NullMarked
package io.uno.crud.autoconfigure;

import org.jspecify.annotations.NullMarked;
