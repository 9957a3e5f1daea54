@NullMarked
package io.uno.bulk.autoconfigure;

import org.jspecify.annotations.NullMarked;
