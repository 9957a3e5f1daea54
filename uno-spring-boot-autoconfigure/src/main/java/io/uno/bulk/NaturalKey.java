package io.uno.bulk;

import java.util.List;

/**
 * The values of a unique key.
 *
 * @param key the unique key
 * @param values its values, in the order of its parts
 */
record NaturalKey(UniqueKey key, List<Object> values) {

	@Override
	public boolean equals(Object other) {
		return other instanceof NaturalKey that && this.key == that.key && this.values.equals(that.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

}
