@NullMarked
package io.uno.crud;

import org.jspecify.annotations.NullMarked;
