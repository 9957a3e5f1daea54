package io.uno.dialect;

import org.springframework.util.Assert;

/**
 * Quotes text that stands inside a statement which takes no bound values, such as the
 * definition of a function.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS">Constants</a>
 */
public final class Literals {

	private Literals() {
	}

	/**
	 * Quotes a text. The literal means the same whatever the server's
	 * {@code standard_conforming_strings} says.
	 * @param text the text
	 * @return the text in single quotes, with those inside it doubled
	 * @throws IllegalArgumentException if the text holds the character of code zero,
	 * which no text of the server can
	 */
	public static String quote(String text) {
		refuseNullCharacter(text);
		String quoted = "'" + text.replace("'", "''") + "'";
		return (text.indexOf('\\') < 0) ? quoted : "E" + quoted.replace("\\", "\\\\");
	}

	/**
	 * Quotes a body, such as that of a function, so that it can be read as it was
	 * written.
	 * @param body the body
	 * @return the body between two dollar tags that do not occur in it
	 * @throws IllegalArgumentException if the body holds the character of code zero
	 */
	public static String dollarQuote(String body) {
		refuseNullCharacter(body);
		String tag = "$$";
		for (int count = 1; !ends(body, tag); count++) {
			tag = "$body" + ((count > 1) ? count : "") + "$";
		}
		return tag + body + tag;
	}

	/**
	 * Whether the tag ends the body where it should. A dollar sign at the end of the body
	 * may belong to an earlier one.
	 */
	private static boolean ends(String body, String tag) {
		return (body + tag).indexOf(tag) == body.length();
	}

	private static void refuseNullCharacter(String text) {
		Assert.isTrue(text.indexOf('\0') < 0,
				() -> "The text '%s' holds a null character, which no text can".formatted(text.replace('\0', '?')));
	}

}
