package io.uno.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A table in Markdown. The first column is text, the others are figures.
 */
final class MarkdownTable {

	private final List<String> lines = new ArrayList<>();

	MarkdownTable(String... headings) {
		row(headings);
		List<String> rules = new ArrayList<>(Collections.nCopies(headings.length, "---:"));
		rules.set(0, "---");
		row(rules.toArray(String[]::new));
	}

	MarkdownTable row(String... cells) {
		this.lines.add("| " + String.join(" | ", cells) + " |");
		return this;
	}

	/**
	 * Writes the limits of an interval.
	 * @param interval the interval
	 * @param decimals digits after the point
	 * @return both limits
	 */
	static String limits(Interval interval, int decimals) {
		return "%s to %s".formatted(figure(interval.low(), decimals), figure(interval.high(), decimals));
	}

	static String figure(double value, int decimals) {
		return String.format(Locale.ROOT, "%,." + decimals + "f", value);
	}

	@Override
	public String toString() {
		return String.join("\n", this.lines) + "\n";
	}

}
