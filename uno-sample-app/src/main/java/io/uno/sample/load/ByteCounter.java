package io.uno.sample.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the bytes that are taken from a stream, to tell how much of a file is done.
 */
class ByteCounter {

	private long count;

	long get() {
		return this.count;
	}

	InputStream count(InputStream source) {
		this.count = 0;
		return new FilterInputStream(source) {

			@Override
			public int read() throws IOException {
				int value = super.read();
				ByteCounter.this.count += (value >= 0) ? 1 : 0;
				return value;
			}

			@Override
			public int read(byte[] buffer, int offset, int length) throws IOException {
				int read = super.read(buffer, offset, length);
				ByteCounter.this.count += Math.max(read, 0);
				return read;
			}

		};
	}

}
