@NullUnmarked
package io.uno.migration;

import org.jspecify.annotations.NullUnmarked;
