@NullMarked
package io.uno.datasource.autoconfigure;

import org.jspecify.annotations.NullMarked;
