package io.uno.datasource;

import java.util.Locale;

/**
 * Whether a node can be used.
 *
 * @since 0.1.0
 */
public enum NodeStatus {

	/** It answers, or has not been asked yet. */
	UP,

	/** It answers, but has not replayed what it should have by now. */
	LAGGING,

	/** It answers, but is not what it is configured as. */
	REFUSED,

	/** It does not answer. */
	UNREACHABLE;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
