package io.uno.datasource;

import java.util.Locale;

/**
 * What a node does at present, as the node itself says.
 *
 * @since 0.1.0
 */
public enum Duty {

	/** Accepts writes. */
	PRIMARY,

	/** Follows a primary and accepts reads only. */
	REPLICA,

	/** Not asked yet, out of reach, or of a vendor that cannot tell. */
	UNKNOWN;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
