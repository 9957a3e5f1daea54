@NullUnmarked
package io.uno.datasource;

import org.jspecify.annotations.NullUnmarked;
