package io.uno.datasource;

/**
 * The pages of PostgreSQL's write-ahead log. Each begins with a header, a longer one
 * where a file of the log begins.
 *
 * @see <a href=
 * "https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/access/xlog_internal.h">xlog_internal.h</a>
 */
final class LogPage {

	static final int SIZE = 8192;

	static final int HEADER = 24;

	static final int FILE_HEADER = 40;

	private LogPage() {
	}

	/**
	 * The place that a replica reports when it has replayed everything before an insert
	 * position: the same, or the beginning of a page of which there is only the header.
	 */
	static long reachable(long inserted, long fileSize) {
		long header = (inserted % fileSize < SIZE) ? FILE_HEADER : HEADER;
		return (inserted % SIZE == header) ? inserted - header : inserted;
	}

	/**
	 * Whether a page begins there, so that a record may go on behind it.
	 */
	static boolean isBoundary(long position) {
		return position % SIZE == 0;
	}

}
