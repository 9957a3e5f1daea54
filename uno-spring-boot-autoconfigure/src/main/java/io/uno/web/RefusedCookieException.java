package io.uno.web;

/**
 * Thrown when a cookie is not taken. Without a stack, as anybody can send such a cookie
 * as often as they like.
 */
final class RefusedCookieException extends Exception {

	private static final long serialVersionUID = 1L;

	private final CookieRefusal refusal;

	RefusedCookieException(CookieRefusal refusal) {
		super("The cookie is refused: " + refusal, null, false, false);
		this.refusal = refusal;
	}

	CookieRefusal refusal() {
		return this.refusal;
	}

}
