package io.uno.web;

/**
 * Is told of what is out of the ordinary with cookies that carry positions. Called on the
 * thread of the request.
 *
 * @since 0.1.0
 */
public interface PositionCookieListener {

	/**
	 * Takes note of a cookie that was not taken; the request goes on as one without.
	 * @param refusal why
	 */
	void refused(CookieRefusal refusal);

	/**
	 * Takes note of a write after the response was sent, whose position no cookie can
	 * carry.
	 */
	void late();

}
