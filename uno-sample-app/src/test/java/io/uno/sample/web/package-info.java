@NullMarked
package io.uno.sample.web;

import org.jspecify.annotations.NullMarked;
