package io.uno.bench;

import java.util.List;

/**
 * What one benchmark adds to the document.
 *
 * @param title its heading
 * @param text text and tables, as Markdown
 * @param targets the limits that it had to keep
 */
record Section(String title, String text, List<Target> targets) {

	Section {
		targets = List.copyOf(targets);
	}

}
