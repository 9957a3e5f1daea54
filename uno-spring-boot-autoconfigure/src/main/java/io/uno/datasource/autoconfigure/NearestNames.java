package io.uno.datasource.autoconfigure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Orders names by how few changes lead to them from a misspelt one, so that an error can
 * show first what was probably meant.
 *
 * @since 0.1.0
 * @see <a href="https://en.wikipedia.org/wiki/Levenshtein_distance">Levenshtein
 * distance</a>
 */
public final class NearestNames {

	private NearestNames() {
	}

	/**
	 * Orders the known names, those of equal distance in their natural order.
	 * @param wanted the name that is not known
	 * @param known the names that are
	 * @return the known names, nearest first
	 */
	public static List<String> sort(String wanted, Collection<String> known) {
		return known.stream()
			.sorted(Comparator.comparingInt((String name) -> distance(wanted, name))
				.thenComparing(Comparator.naturalOrder()))
			.toList();
	}

	/**
	 * Levenshtein's distance of letters and digits: spellings of one name that Boot takes
	 * for the same are no change apart.
	 */
	static int distance(String first, String second) {
		String from = uniform(first);
		String to = uniform(second);
		int[] previous = IntStream.rangeClosed(0, to.length()).toArray();
		for (int i = 1; i <= from.length(); i++) {
			int[] current = new int[to.length() + 1];
			current[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int substitution = previous[j - 1] + ((from.charAt(i - 1) != to.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

	private static String uniform(String name) {
		return name.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
	}

}
