package io.uno.dialect;

import java.nio.charset.StandardCharsets;
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

	// NAMEDATALEN of a server as it is built by default, less the final null character
	private static final int MAX_BYTES = 63;

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
	 * Derives the name of an object from that of the table that it belongs to.
	 * @param name the name of the table, not quoted
	 * @param suffix what the object is called beside the table
	 * @return both joined by an underscore; a name of more than 63 bytes, which the
	 * server would cut, is shortened and told apart from others by eight digits of its
	 * hash
	 */
	public static String derive(String name, String suffix) {
		String derived = name + '_' + suffix;
		if (bytes(derived) <= MAX_BYTES) {
			return derived;
		}
		String end = "_%08x_%s".formatted(derived.hashCode(), suffix);
		return cut(name, MAX_BYTES - bytes(end)) + end;
	}

	private static String cut(String name, int bytes) {
		int end = name.length();
		while (bytes(name.substring(0, end)) > bytes) {
			end = name.offsetByCodePoints(end, -1);
		}
		return name.substring(0, end);
	}

	private static int bytes(String name) {
		return name.getBytes(StandardCharsets.UTF_8).length;
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
