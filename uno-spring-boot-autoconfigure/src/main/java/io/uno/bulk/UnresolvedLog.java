package io.uno.bulk;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * Remembers unresolved references in a few bytes each, since there may be millions: keys
 * and names of attributes are shared.
 */
final class UnresolvedLog {

	private long[] rows = new long[16];

	private String[] attributes = new String[16];

	private String[] keys = new String[16];

	private int size;

	void add(long row, String attribute, String key) {
		if (this.size == this.rows.length) {
			this.rows = Arrays.copyOf(this.rows, this.size * 2);
			this.attributes = Arrays.copyOf(this.attributes, this.size * 2);
			this.keys = Arrays.copyOf(this.keys, this.size * 2);
		}
		this.rows[this.size] = row;
		this.attributes[this.size] = attribute;
		this.keys[this.size] = key;
		this.size++;
	}

	List<UnresolvedReference> references() {
		return new Entries(Arrays.copyOf(this.rows, this.size), Arrays.copyOf(this.attributes, this.size),
				Arrays.copyOf(this.keys, this.size));
	}

	private static final class Entries extends AbstractList<UnresolvedReference> {

		private final long[] rows;

		private final String[] attributes;

		private final String[] keys;

		Entries(long[] rows, String[] attributes, String[] keys) {
			this.rows = rows;
			this.attributes = attributes;
			this.keys = keys;
		}

		@Override
		public UnresolvedReference get(int index) {
			return new UnresolvedReference(this.rows[index], this.attributes[index], this.keys[index]);
		}

		@Override
		public int size() {
			return this.rows.length;
		}

	}

}
