package io.uno.web;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How the cookie looks that carries a caller's positions. Immutable.
 *
 * @param name its name
 * @param path the path that it is sent for
 * @param maxAge how long it is valid
 * @param secure whether it is sent over TLS only, {@code null} to have the request decide
 * @since 0.1.0
 */
public record PositionCookie(String name, String path, Duration maxAge, @Nullable Boolean secure) {

	public PositionCookie {
		Assert.hasText(name, "'name' must not be empty");
		Assert.hasText(path, "'path' must not be empty");
		Assert.isTrue(maxAge.toSeconds() > 0, () -> "Max age %s must be at least 1s".formatted(maxAge));
	}

	String header(String value, boolean secureRequest) {
		return header(value, this.maxAge, secureRequest);
	}

	String removal(boolean secureRequest) {
		return header("", Duration.ZERO, secureRequest);
	}

	private String header(String value, Duration age, boolean secureRequest) {
		boolean tls = (this.secure != null) ? this.secure : secureRequest;
		return String.format(Locale.ROOT, "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Lax%s", this.name, value,
				this.path, age.toSeconds(), tls ? "; Secure" : "");
	}

}
