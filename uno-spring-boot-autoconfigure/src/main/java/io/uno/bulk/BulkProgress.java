package io.uno.bulk;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a bulk operation has come.
 *
 * @param rowsRead the rows taken from the source so far
 * @param rowsWritten the rows sent to the database so far
 * @param elapsed the time since the operation began
 * @since 0.1.0
 */
public record BulkProgress(long rowsRead, long rowsWritten, Duration elapsed) {

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%,d rows read, %,d written in %.1f s", this.rowsRead, this.rowsWritten,
				this.elapsed.toMillis() / 1000.0);
	}

}
