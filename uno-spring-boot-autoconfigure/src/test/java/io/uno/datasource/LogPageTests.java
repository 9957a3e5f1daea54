package io.uno.datasource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import static org.assertj.core.api.Assertions.assertThat;

class LogPageTests {

	private static final long MEGABYTE = 1024 * 1024;

	/**
	 * Records end at multiples of eight bytes.
	 */
	private static final long ALIGNMENT = 8;

	@Property(tries = 200)
	void insertPositionBehindAHeaderIsWhereThePageBegins(@ForAll @LongRange(min = 1, max = 1L << 30) long page,
			@ForAll @IntRange(min = 0, max = 10) int fileSizeExponent) {
		long fileSize = MEGABYTE << fileSizeExponent;
		long begin = page * LogPage.SIZE;
		long header = (begin % fileSize == 0) ? 40 : 24;
		assertThat(LogPage.reachable(begin + header, fileSize)).isEqualTo(begin);
	}

	@Property(tries = 200)
	void everyOtherInsertPositionIsReached(@ForAll @LongRange(min = 1, max = 1L << 30) long page,
			@ForAll @IntRange(min = 0, max = 1023) int word,
			@ForAll @IntRange(min = 0, max = 10) int fileSizeExponent) {
		long fileSize = MEGABYTE << fileSizeExponent;
		long inserted = page * LogPage.SIZE + word * ALIGNMENT;
		long header = (page * LogPage.SIZE % fileSize == 0) ? 40 : 24;
		long expected = (word * ALIGNMENT == header) ? inserted - header : inserted;
		assertThat(LogPage.reachable(inserted, fileSize)).isEqualTo(expected);
	}

	@Property(tries = 200)
	void boundaryIsWhereAPageBegins(@ForAll @LongRange(min = 0, max = 1L << 50) long position) {
		assertThat(LogPage.isBoundary(position)).isEqualTo((position & 8191) == 0);
		assertThat(LogPage.isBoundary(position - (position & 8191))).isTrue();
	}

}
