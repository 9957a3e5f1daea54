@NullUnmarked
package io.uno.routing;

import org.jspecify.annotations.NullUnmarked;
