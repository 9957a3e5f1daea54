package io.uno.web;

/**
 * Why a cookie with positions was not taken.
 *
 * @since 0.1.0
 */
public enum CookieRefusal {

	/** It is not the text of a cookie of ours. */
	GARBAGE,

	/** It is longer than any of ours. */
	TOO_LONG,

	/** It is not signed with our key. */
	SIGNATURE,

	/** It has been valid once. */
	TOO_OLD

}
