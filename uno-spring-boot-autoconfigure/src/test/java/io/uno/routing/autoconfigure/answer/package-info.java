/**
 * What tells by itself which server has answered.
 */
@NullUnmarked
package io.uno.routing.autoconfigure.answer;

import org.jspecify.annotations.NullUnmarked;
