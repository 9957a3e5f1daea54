package io.uno.dialect;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * Quotes what can't be a bound value: names of tables, columns, roles and other objects.
 * Every SQL text of uno's takes its names from here.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS">Identifiers
 * and key words</a>
 */
public final class Identifiers {

	private Identifiers() {
	}

	/**
	 * Quotes a name, which then means exactly the object of this spelling.
	 * @param name the name as the catalog has it
	 * @return the name in quotes, with those inside it doubled
	 * @throws IllegalArgumentException if the name is empty or holds the character of
	 * code zero, which no name can
	 */
	public static String quote(String name) {
		Assert.hasLength(name, "An identifier can't be empty");
		Assert.isTrue(name.indexOf('\0') < 0, () -> "The identifier '%s' holds a null character, which no name can"
			.formatted(name.replace('\0', '?')));
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	/**
	 * Quotes a name and what qualifies it.
	 * @param names the names, the outermost first, such as schema and table
	 * @return the quoted names, joined by dots
	 */
	public static String qualify(String... names) {
		return Arrays.stream(names).map(Identifiers::quote).collect(Collectors.joining("."));
	}

}
