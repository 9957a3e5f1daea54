package io.uno.query;

import io.uno.error.InvalidQueryException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Where a part of a filter or an order was written.
 *
 * @param text the whole text, or {@code null} for what was built by methods
 * @param position the number of the part's first character, from 1
 */
record Origin(@Nullable String text, int position) {

	private static final int SHOWN = 200;

	static final Origin CODE = new Origin(null, 0);

	Origin plus(int characters) {
		return (this.text != null) ? new Origin(this.text, this.position + characters) : this;
	}

	InvalidQueryException refuse(String problem) {
		if (this.text == null) {
			return new InvalidQueryException(problem, 0);
		}
		return new InvalidQueryException(
				"%s (position %d of \"%s\")".formatted(problem, this.position, StringUtils.truncate(this.text, SHOWN)),
				this.position);
	}

}
