package io.uno.sample.load;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that could not be imported: the first of them, and how many there are.
 */
class Rejections {

	private static final int LISTED = 1_000;

	private final List<RejectedRow> first = new ArrayList<>();

	private long count;

	void add(RejectedRow row) {
		this.count++;
		if (this.first.size() < LISTED) {
			this.first.add(row);
		}
	}

	List<RejectedRow> first() {
		return List.copyOf(this.first);
	}

	long count() {
		return this.count;
	}

}
