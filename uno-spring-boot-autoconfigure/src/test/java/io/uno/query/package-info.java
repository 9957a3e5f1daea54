@NullMarked
package io.uno.query;

import org.jspecify.annotations.NullMarked;
