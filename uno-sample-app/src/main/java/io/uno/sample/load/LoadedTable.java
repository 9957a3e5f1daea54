package io.uno.sample.load;

import java.util.Map;

/**
 * What came of one file.
 *
 * @param name what its rows are
 * @param file what it is called in messages
 * @param read the number of rows read
 * @param loaded the number of rows loaded
 * @param rejections the rows that could not be read
 * @param unresolved how many references were not found, by attribute
 */
record LoadedTable(String name, String file, long read, long loaded, Rejections rejections,
		Map<String, Long> unresolved) {

}
