package io.uno.bulk;

/**
 * What became of the rows that were written.
 *
 * @param inserted the rows inserted
 * @param updated the rows updated
 * @param unchanged the rows that were there already with the same values
 */
record Counts(long inserted, long updated, long unchanged) {

	static Counts inserted(long rows) {
		return new Counts(rows, 0, 0);
	}

}
