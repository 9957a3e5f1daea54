@NullMarked
package io.uno.bulk;

import org.jspecify.annotations.NullMarked;
