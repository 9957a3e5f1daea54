package io.uno.web;

/**
 * Why a cookie with positions was not taken, or one of its positions was not.
 *
 * @since 0.1.0
 */
public enum CookieRefusal {

	/** It is not the text of a cookie of ours. */
	GARBAGE,

	/** It is longer than any of ours. */
	TOO_LONG,

	/** It is not signed with our key, or was signed as another cookie. */
	SIGNATURE,

	/** It has been valid once. */
	TOO_OLD,

	/** It has a position of a database that is not declared here; others are taken. */
	UNKNOWN_DATABASE,

	/** It has a moment that has yet to come; other positions are taken. */
	IN_FUTURE

}
