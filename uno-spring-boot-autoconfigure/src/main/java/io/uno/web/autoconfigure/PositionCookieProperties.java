package io.uno.web.autoconfigure;

import java.time.Duration;

import io.uno.web.PositionCookie;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * The cookie that carries up to where the caller of a web application has written.
 * Immutable.
 *
 * @param enabled Whether requests carry it.
 * @param name its name.
 * @param secret what it is signed with, at least 32 characters, the same on all instances
 * of the application. Without it every instance has a key of its own, and callers see
 * their own writes for certain only on the instance that made them.
 * @param maxAge how long it is valid.
 * @param path the path that it is sent for.
 * @param secure Whether it is sent over TLS only. As the request came, when left out.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "uno.web.position-cookie", ignoreUnknownFields = false)
public record PositionCookieProperties(@DefaultValue("true") boolean enabled, @DefaultValue("uno-position") String name,
		@Nullable String secret, @DefaultValue("5m") Duration maxAge, @DefaultValue("/") String path,
		@Nullable Boolean secure) {

	private static final int SECRET_LENGTH = 32;

	public PositionCookieProperties {
		Assert.isTrue(secret == null || secret.length() >= SECRET_LENGTH,
				() -> "'uno.web.position-cookie.secret' must have at least %d characters".formatted(SECRET_LENGTH));
	}

	PositionCookie toCookie() {
		return new PositionCookie(this.name, this.path, this.maxAge, this.secure);
	}

	/**
	 * Tells everything but the secret.
	 */
	@Override
	public String toString() {
		return "PositionCookieProperties[enabled=" + this.enabled + ", name=" + this.name + ", maxAge=" + this.maxAge
				+ ", path=" + this.path + ", secure=" + this.secure + "]";
	}

}
