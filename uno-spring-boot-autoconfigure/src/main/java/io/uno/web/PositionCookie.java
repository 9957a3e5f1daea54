package io.uno.web;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

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

	/**
	 * A token, as HTTP has it.
	 */
	private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private static final Pattern PATH = Pattern.compile("/[\\x20-\\x7E&&[^;]]*");

	public PositionCookie {
		Assert.isTrue(NAME.matcher(name).matches(),
				() -> "Name '%s' of the cookie must consist of letters, digits, and any of !#$%%&'*+.^_`|~-"
					.formatted(name));
		Assert.isTrue(PATH.matcher(path).matches(),
				() -> "Path '%s' of the cookie must begin with a slash, and have no semicolon".formatted(path));
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
