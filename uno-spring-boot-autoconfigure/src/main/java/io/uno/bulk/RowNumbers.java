package io.uno.bulk;

import java.util.Arrays;

/**
 * Remembers which rows of the source were sent, as runs of consecutive numbers, so that
 * its size grows with the gaps and not with the rows.
 */
final class RowNumbers {

	private long[] starts = new long[8];

	private long[] lines = new long[8];

	private int runs;

	private long sent;

	private long last;

	void clear() {
		this.runs = 0;
		this.sent = 0;
	}

	void add(long number) {
		this.sent++;
		if (this.runs == 0 || number != this.last + 1) {
			beginRun(number);
		}
		this.last = number;
	}

	private void beginRun(long number) {
		if (this.runs == this.starts.length) {
			this.starts = Arrays.copyOf(this.starts, this.runs * 2);
			this.lines = Arrays.copyOf(this.lines, this.runs * 2);
		}
		this.starts[this.runs] = number;
		this.lines[this.runs] = this.sent;
		this.runs++;
	}

	/**
	 * Return the number of a row that was sent.
	 * @param line which of the rows sent since the last clear, from 1
	 * @return its number, or 0 when so many were not sent
	 */
	long of(long line) {
		if (line < 1 || line > this.sent) {
			return 0;
		}
		int found = Arrays.binarySearch(this.lines, 0, this.runs, line);
		int run = (found >= 0) ? found : -found - 2;
		return this.starts[run] + (line - this.lines[run]);
	}

}
