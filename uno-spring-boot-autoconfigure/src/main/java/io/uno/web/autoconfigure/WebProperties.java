package io.uno.web.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What uno adds to web applications.
 *
 * @param problemDetails Whether failures of the database are answered with problem
 * details (RFC 9457): 409, 422, or 503 with Retry-After.
 */
@ConfigurationProperties("uno.web")
record WebProperties(@DefaultValue("false") boolean problemDetails) {

}
