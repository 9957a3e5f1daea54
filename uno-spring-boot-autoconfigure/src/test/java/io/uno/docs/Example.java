package io.uno.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param page name of the page
 * @param language language behind the fence
 * @param text what is between the fences
 */
record Example(String page, String language, String text) {

	private static final Pattern FENCED = Pattern.compile("^```(\\w+)\\n(.*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	private static final String LEFT_OUT = "...";

	static List<Example> of(String page, String markdown) {
		List<Example> examples = new ArrayList<>();
		Matcher matcher = FENCED.matcher(markdown);
		while (matcher.find()) {
			examples.add(new Example(page, matcher.group(1), matcher.group(2)));
		}
		return examples;
	}

	/**
	 * Whether a source has the lines of this example, in order. What an example leaves
	 * out, indentation and comments at the end of a line don't count.
	 */
	boolean standsIn(String source) {
		Iterator<String> lines = significantLines(source).iterator();
		return significantLines(this.text).stream().allMatch((line) -> findNext(lines, line));
	}

	private static boolean findNext(Iterator<String> lines, String wanted) {
		while (lines.hasNext()) {
			if (matches(lines.next(), wanted)) {
				return true;
			}
		}
		return false;
	}

	private static boolean matches(String line, String wanted) {
		int leftOut = wanted.indexOf(LEFT_OUT);
		return (leftOut < 0) ? line.equals(wanted) : line.startsWith(wanted.substring(0, leftOut).strip());
	}

	private static List<String> significantLines(String text) {
		return Arrays.stream(text.split("\\n"))
			.map((line) -> line.replaceFirst("\\s+(//|#) .*$", "").strip())
			.filter((line) -> !line.isEmpty() && !line.equals(LEFT_OUT))
			.toList();
	}

	@Override
	public String toString() {
		return this.page + ": " + this.text.lines().findFirst().orElse("");
	}

}
