@NullMarked
package io.uno.migration;

import org.jspecify.annotations.NullMarked;
